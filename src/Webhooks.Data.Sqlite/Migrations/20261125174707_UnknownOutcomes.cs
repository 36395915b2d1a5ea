using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class UnknownOutcomes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "receipt_url",
                table: "endpoints",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "receipt_answer",
                table: "attempts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receipt_text",
                table: "attempts",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_attempts_unknown",
                table: "attempts",
                column: "id",
                filter: "outcome = 4");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_unknown_delivery",
                table: "attempts",
                columns: new[] { "delivery_id", "id" },
                filter: "outcome = 4");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_unknown_endpoint",
                table: "attempts",
                columns: new[] { "endpoint_id", "id" },
                filter: "outcome = 4");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_attempts_unknown",
                table: "attempts");

            migrationBuilder.DropIndex(
                name: "ix_attempts_unknown_delivery",
                table: "attempts");

            migrationBuilder.DropIndex(
                name: "ix_attempts_unknown_endpoint",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "receipt_url",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "receipt_answer",
                table: "attempts");

            migrationBuilder.DropColumn(
                name: "receipt_text",
                table: "attempts");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "expires_at",
                table: "message_payloads",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // The column moves with what it holds: left at 0, every payload would count as expired.
            migrationBuilder.Sql("""
                UPDATE message_payloads SET expires_at = coalesce(
                    (SELECT payload_expires_at FROM messages WHERE id = message_id), 0);
                """);

            // In SQLite's own words: EF Core would build the table anew, outside the transaction, and a crash in between would leave half of it.
            migrationBuilder.Sql("ALTER TABLE messages DROP COLUMN payload_expires_at;");

            migrationBuilder.CreateIndex(
                name: "IX_message_payloads_expires_at_message_id",
                table: "message_payloads",
                columns: new[] { "expires_at", "message_id" });

            migrationBuilder.CreateIndex(
                name: "IX_endpoints_deleted_at_id",
                table: "endpoints",
                columns: new[] { "deleted_at", "id" },
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_applications_deleted_at_id",
                table: "applications",
                columns: new[] { "deleted_at", "id" },
                filter: "deleted_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_message_payloads_expires_at_message_id",
                table: "message_payloads");

            migrationBuilder.DropIndex(
                name: "IX_endpoints_deleted_at_id",
                table: "endpoints");

            migrationBuilder.DropIndex(
                name: "IX_applications_deleted_at_id",
                table: "applications");

            migrationBuilder.AddColumn<long>(
                name: "payload_expires_at",
                table: "messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql("""
                UPDATE messages SET payload_expires_at = coalesce(
                    (SELECT expires_at FROM message_payloads WHERE message_id = id), 0);
                """);

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "message_payloads");
        }
    }
}

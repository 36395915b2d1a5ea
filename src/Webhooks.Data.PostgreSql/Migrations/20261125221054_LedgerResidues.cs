using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class LedgerResidues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "residue",
                table: "ledger_hours",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "ledger_marks",
                columns: table => new
                {
                    kind = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    entry = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_marks", x => x.kind);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_hours_unbalanced",
                table: "ledger_hours",
                column: "counted_at",
                filter: "residue <> 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ledger_marks");

            migrationBuilder.DropIndex(
                name: "ix_ledger_hours_unbalanced",
                table: "ledger_hours");

            migrationBuilder.DropColumn(
                name: "residue",
                table: "ledger_hours");
        }
    }
}

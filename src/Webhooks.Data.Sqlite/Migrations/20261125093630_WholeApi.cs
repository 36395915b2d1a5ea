using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WholeApi : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ordering_key",
                table: "messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "release_rate",
                table: "lanes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "attempt_timeout",
                table: "endpoints",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "filter",
                table: "endpoints",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ordered",
                table: "endpoints",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "park_after",
                table: "endpoints",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pause_note",
                table: "endpoints",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "paused_at",
                table: "endpoints",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "hold_reason",
                table: "deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ordering_key",
                table: "deliveries",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "requests_per_second",
                table: "api_keys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "background_tasks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    parameters = table.Column<string>(type: "TEXT", nullable: false),
                    cursor = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    progress = table.Column<string>(type: "TEXT", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_background_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operational_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_uid = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    attempt_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operational_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "poll_consumers",
                columns: table => new
                {
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_poll_consumers", x => new { x.endpoint_id, x.name });
                });

            migrationBuilder.InsertData(
                table: "applications",
                columns: new[] { "id", "created_at", "deleted_at", "metadata", "name", "paced_until", "throttle_rate", "uid", "updated_at" },
                values: new object[] { new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 0L, null, "{}", "Operational webhooks", null, null, null, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_endpoint_id_sequence",
                table: "deliveries",
                columns: new[] { "endpoint_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_ordered",
                table: "deliveries",
                columns: new[] { "endpoint_id", "ordering_key" },
                filter: "ordering_key IS NOT NULL AND state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_queued",
                table: "deliveries",
                columns: new[] { "endpoint_id", "ordering_key", "sequence" },
                filter: "state = 7");

            migrationBuilder.CreateIndex(
                name: "ix_background_tasks_running",
                table: "background_tasks",
                column: "id",
                filter: "state = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "background_tasks");

            migrationBuilder.DropTable(
                name: "operational_events");

            migrationBuilder.DropTable(
                name: "poll_consumers");

            migrationBuilder.DropIndex(
                name: "IX_deliveries_endpoint_id_sequence",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_ordered",
                table: "deliveries");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_queued",
                table: "deliveries");

            migrationBuilder.DeleteData(
                table: "applications",
                keyColumn: "id",
                keyValue: new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 });

            migrationBuilder.DropColumn(
                name: "ordering_key",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "release_rate",
                table: "lanes");

            migrationBuilder.DropColumn(
                name: "attempt_timeout",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "filter",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "ordered",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "park_after",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "pause_note",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "endpoints");

            migrationBuilder.DropColumn(
                name: "hold_reason",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "ordering_key",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "requests_per_second",
                table: "api_keys");
        }
    }
}

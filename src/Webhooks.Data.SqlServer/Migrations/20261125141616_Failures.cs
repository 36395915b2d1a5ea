using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Failures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "destinations",
                table: "messages",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "failing_since",
                table: "lanes",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channels",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    type = table.Column<int>(type: "int", nullable: false),
                    protected_settings = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    disabled = table.Column<bool>(type: "bit", nullable: false),
                    succeeded_at = table.Column<long>(type: "bigint", nullable: true),
                    failing_since = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: true, collation: "Latin1_General_100_BIN2"),
                    checked_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_channels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dead_letters",
                columns: table => new
                {
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    message_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    event_type = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    incident_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    decided_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    decided_at = table.Column<long>(type: "bigint", nullable: true),
                    note = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: true, collation: "Latin1_General_100_BIN2"),
                    replay_delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dead_letters", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "escalation_policies",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    steps = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    repeat_every = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incident_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    incident_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    type = table.Column<int>(type: "int", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    text = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incident_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    kind = table.Column<int>(type: "int", nullable: false),
                    key = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    channel_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    state = table.Column<int>(type: "int", nullable: false),
                    summary = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: false, collation: "Latin1_General_100_BIN2"),
                    opened_at = table.Column<long>(type: "bigint", nullable: false),
                    occurred_at = table.Column<long>(type: "bigint", nullable: false),
                    openings = table.Column<int>(type: "int", nullable: false),
                    acknowledged_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    acknowledged_at = table.Column<long>(type: "bigint", nullable: true),
                    assignee = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    snoozed_until = table.Column<long>(type: "bigint", nullable: true),
                    resolved_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    resolved_at = table.Column<long>(type: "bigint", nullable: true),
                    next_step = table.Column<int>(type: "int", nullable: false),
                    escalates_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_hours",
                columns: table => new
                {
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    accepted = table.Column<long>(type: "bigint", nullable: false),
                    replays = table.Column<long>(type: "bigint", nullable: false),
                    filtered = table.Column<long>(type: "bigint", nullable: false),
                    delivered = table.Column<long>(type: "bigint", nullable: false),
                    waiting = table.Column<long>(type: "bigint", nullable: false),
                    sending = table.Column<long>(type: "bigint", nullable: false),
                    held = table.Column<long>(type: "bigint", nullable: false),
                    dead_unacknowledged = table.Column<long>(type: "bigint", nullable: false),
                    dead_acknowledged = table.Column<long>(type: "bigint", nullable: false),
                    replayed = table.Column<long>(type: "bigint", nullable: false),
                    discarded = table.Column<long>(type: "bigint", nullable: false),
                    canceled = table.Column<long>(type: "bigint", nullable: false),
                    duplicates_possible = table.Column<long>(type: "bigint", nullable: false),
                    counted_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_hours", x => new { x.hour, x.endpoint_id });
                });

            migrationBuilder.CreateTable(
                name: "ledger_seals",
                columns: table => new
                {
                    day = table.Column<long>(type: "bigint", nullable: false),
                    statement = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    previous_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    sealed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_seals", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    incident_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    channel_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    reason = table.Column<int>(type: "int", nullable: false),
                    step = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<int>(type: "int", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    leased_until = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: true, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_lanes_failing",
                table: "lanes",
                column: "failing_since",
                filter: "failing_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_dead_letters_application_id_delivery_id",
                table: "dead_letters",
                columns: new[] { "application_id", "delivery_id" });

            migrationBuilder.CreateIndex(
                name: "IX_dead_letters_endpoint_id_delivery_id",
                table: "dead_letters",
                columns: new[] { "endpoint_id", "delivery_id" });

            migrationBuilder.CreateIndex(
                name: "IX_dead_letters_incident_id_delivery_id",
                table: "dead_letters",
                columns: new[] { "incident_id", "delivery_id" },
                filter: "incident_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_dead_letters_message_id_endpoint_id",
                table: "dead_letters",
                columns: new[] { "message_id", "endpoint_id" });

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_undecided",
                table: "dead_letters",
                columns: new[] { "state", "delivery_id" },
                filter: "state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_unsorted",
                table: "dead_letters",
                column: "delivery_id",
                filter: "incident_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_policies_application_id",
                table: "escalation_policies",
                column: "application_id",
                unique: true,
                filter: "application_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_incident_events_incident_id_id",
                table: "incident_events",
                columns: new[] { "incident_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incidents_application_id_id",
                table: "incidents",
                columns: new[] { "application_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_incidents_escalates_at",
                table: "incidents",
                column: "escalates_at",
                filter: "escalates_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_incidents_key_id",
                table: "incidents",
                columns: new[] { "key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_incidents_unresolved",
                table: "incidents",
                column: "key",
                unique: true,
                filter: "state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hours_application_id_hour",
                table: "ledger_hours",
                columns: new[] { "application_id", "hour" });

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hours_endpoint_id_hour",
                table: "ledger_hours",
                columns: new[] { "endpoint_id", "hour" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_channel_id_id",
                table: "notifications",
                columns: new[] { "channel_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_incident_id_id",
                table: "notifications",
                columns: new[] { "incident_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_notifications_waiting",
                table: "notifications",
                column: "due_at",
                filter: "state = 0");

            // What waits for a decision already is put in front of people like all that comes.
            migrationBuilder.Sql("""
                INSERT INTO dead_letters (delivery_id, application_id, endpoint_id, message_id, event_type, reason, state, created_at)
                SELECT d.id, m.application_id, d.endpoint_id, d.message_id, m.event_type,
                       CASE WHEN d.state = 4 THEN d.dead_reason WHEN d.hold_reason = 2 THEN 7 ELSE 6 END, 0, coalesce(d.finished_at, d.due_at)
                FROM deliveries d JOIN messages m ON m.id = d.message_id
                WHERE d.state IN (2, 4)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channels");

            migrationBuilder.DropTable(
                name: "dead_letters");

            migrationBuilder.DropTable(
                name: "escalation_policies");

            migrationBuilder.DropTable(
                name: "incident_events");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "ledger_hours");

            migrationBuilder.DropTable(
                name: "ledger_seals");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropIndex(
                name: "ix_lanes_failing",
                table: "lanes");

            migrationBuilder.DropColumn(
                name: "destinations",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "failing_since",
                table: "lanes");
        }
    }
}

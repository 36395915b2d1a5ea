using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Failures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "booked_sequence",
                table: "lanes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "failing_since",
                table: "lanes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channels",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    protected_settings = table.Column<byte[]>(type: "BLOB", nullable: false),
                    disabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    succeeded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_channels", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dead_letters",
                columns: table => new
                {
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    event_type = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    dead_reason = table.Column<int>(type: "INTEGER", nullable: true),
                    hold_reason = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    incident_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_by = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    replay_delivery_id = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dead_letters", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "escalation_policies",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: false),
                    repeat_every = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_escalation_policies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incident_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    incident_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incident_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    channel_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    summary = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: false),
                    occurred_at = table.Column<long>(type: "INTEGER", nullable: false),
                    openings = table.Column<int>(type: "INTEGER", nullable: false),
                    acknowledged_by = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    acknowledged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    assignee = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    resolved_by = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    next_step = table.Column<int>(type: "INTEGER", nullable: false),
                    escalates_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_hours",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    first_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    last_sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    filtered = table.Column<long>(type: "INTEGER", nullable: false),
                    counted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    canceled = table.Column<long>(type: "INTEGER", nullable: false),
                    dead_acknowledged = table.Column<long>(type: "INTEGER", nullable: false),
                    dead_unacknowledged = table.Column<long>(type: "INTEGER", nullable: false),
                    delivered = table.Column<long>(type: "INTEGER", nullable: false),
                    discarded = table.Column<long>(type: "INTEGER", nullable: false),
                    duplicates_possible = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_later = table.Column<long>(type: "INTEGER", nullable: false),
                    held = table.Column<long>(type: "INTEGER", nullable: false),
                    replayed = table.Column<long>(type: "INTEGER", nullable: false),
                    replays = table.Column<long>(type: "INTEGER", nullable: false),
                    sending = table.Column<long>(type: "INTEGER", nullable: false),
                    waiting = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_seals",
                columns: table => new
                {
                    day = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    statement = table.Column<string>(type: "TEXT", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    sealed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_seals", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    incident_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reason = table.Column<int>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                name: "ix_endpoints_disabled",
                table: "endpoints",
                column: "disabled_reason",
                filter: "disabled_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_filtered",
                table: "deliveries",
                column: "id",
                filter: "state = 6");

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
                name: "IX_dead_letters_incident_id_state_delivery_id",
                table: "dead_letters",
                columns: new[] { "incident_id", "state", "delivery_id" },
                filter: "incident_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_dead_letters_message_id_endpoint_id",
                table: "dead_letters",
                columns: new[] { "message_id", "endpoint_id" });

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_undecided",
                table: "dead_letters",
                columns: new[] { "delivery_id", "state" },
                filter: "state IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_unsorted",
                table: "dead_letters",
                column: "delivery_id",
                filter: "incident_id IS NULL AND state = 0");

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
                columns: new[] { "endpoint_id", "hour" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hours_hour",
                table: "ledger_hours",
                column: "hour");

            migrationBuilder.CreateIndex(
                name: "IX_ledger_hours_settled_at",
                table: "ledger_hours",
                column: "settled_at",
                filter: "settled_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_hours_unsettled",
                table: "ledger_hours",
                column: "counted_at",
                filter: "settled_at IS NULL");

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
                INSERT INTO dead_letters (delivery_id, application_id, endpoint_id, message_id, event_type, dead_reason, hold_reason, state, created_at)
                SELECT d.id, m.application_id, d.endpoint_id, d.message_id, m.event_type,
                       d.dead_reason, d.hold_reason, 0, coalesce(d.finished_at, d.due_at)
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

            migrationBuilder.DropIndex(
                name: "ix_endpoints_disabled",
                table: "endpoints");

            migrationBuilder.DropIndex(
                name: "ix_deliveries_filtered",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "booked_sequence",
                table: "lanes");

            migrationBuilder.DropColumn(
                name: "failing_since",
                table: "lanes");
        }
    }
}

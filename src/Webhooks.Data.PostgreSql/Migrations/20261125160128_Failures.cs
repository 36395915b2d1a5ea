using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.PostgreSql.Migrations
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "failing_since",
                table: "lanes",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "channels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    type = table.Column<int>(type: "integer", nullable: false),
                    protected_settings = table.Column<byte[]>(type: "bytea", nullable: false),
                    disabled = table.Column<bool>(type: "boolean", nullable: false),
                    succeeded_at = table.Column<long>(type: "bigint", nullable: true),
                    failing_since = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: true, collation: "C"),
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
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_type = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    dead_reason = table.Column<int>(type: "integer", nullable: true),
                    hold_reason = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_by = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    decided_at = table.Column<long>(type: "bigint", nullable: true),
                    note = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: true, collation: "C"),
                    replay_delivery_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dead_letters", x => x.delivery_id);
                });

            migrationBuilder.CreateTable(
                name: "escalation_policies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    steps = table.Column<string>(type: "text", nullable: false),
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    actor = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    summary = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: false, collation: "C"),
                    opened_at = table.Column<long>(type: "bigint", nullable: false),
                    occurred_at = table.Column<long>(type: "bigint", nullable: false),
                    openings = table.Column<int>(type: "integer", nullable: false),
                    acknowledged_by = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    acknowledged_at = table.Column<long>(type: "bigint", nullable: true),
                    assignee = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    snoozed_until = table.Column<long>(type: "bigint", nullable: true),
                    resolved_by = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    resolved_at = table.Column<long>(type: "bigint", nullable: true),
                    next_step = table.Column<int>(type: "integer", nullable: false),
                    escalates_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_hours",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_sequence = table.Column<long>(type: "bigint", nullable: false),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false),
                    filtered = table.Column<long>(type: "bigint", nullable: false),
                    counted_at = table.Column<long>(type: "bigint", nullable: false),
                    settled_at = table.Column<long>(type: "bigint", nullable: true),
                    canceled = table.Column<long>(type: "bigint", nullable: false),
                    dead_acknowledged = table.Column<long>(type: "bigint", nullable: false),
                    dead_unacknowledged = table.Column<long>(type: "bigint", nullable: false),
                    delivered = table.Column<long>(type: "bigint", nullable: false),
                    discarded = table.Column<long>(type: "bigint", nullable: false),
                    duplicates_possible = table.Column<long>(type: "bigint", nullable: false),
                    ended_later = table.Column<long>(type: "bigint", nullable: false),
                    held = table.Column<long>(type: "bigint", nullable: false),
                    replayed = table.Column<long>(type: "bigint", nullable: false),
                    replays = table.Column<long>(type: "bigint", nullable: false),
                    sending = table.Column<long>(type: "bigint", nullable: false),
                    waiting = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_seals",
                columns: table => new
                {
                    day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    statement = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    previous_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    incident_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<int>(type: "integer", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    leased_until = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: true, collation: "C"),
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

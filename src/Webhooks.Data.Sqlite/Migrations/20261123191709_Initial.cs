using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    scope = table.Column<int>(type: "INTEGER", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    feature_flags = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    uid = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    metadata = table.Column<string>(type: "TEXT", nullable: false),
                    throttle_rate = table.Column<int>(type: "INTEGER", nullable: true),
                    paced_until = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_applications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attempts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    trigger_type = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    status_code = table.Column<int>(type: "INTEGER", nullable: true),
                    dns_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    connect_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    tls_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    first_byte_microseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    total_microseconds = table.Column<long>(type: "INTEGER", nullable: false),
                    response_headers = table.Column<string>(type: "TEXT", nullable: true),
                    response_body = table.Column<byte[]>(type: "BLOB", nullable: true),
                    error_code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    error_text = table.Column<string>(type: "TEXT", nullable: true),
                    node = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    replay_number = table.Column<int>(type: "INTEGER", nullable: false),
                    trigger_type = table.Column<int>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    own_faults = table.Column<int>(type: "INTEGER", nullable: false),
                    last_outcome = table.Column<int>(type: "INTEGER", nullable: true),
                    lease_token = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    leased_by = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    dead_reason = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "endpoint_secrets",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @protected = table.Column<byte[]>(name: "protected", type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_endpoint_secrets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "endpoints",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    uid = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: false),
                    event_types = table.Column<string>(type: "TEXT", nullable: true),
                    channels = table.Column<string>(type: "TEXT", nullable: true),
                    metadata = table.Column<string>(type: "TEXT", nullable: false),
                    protected_headers = table.Column<byte[]>(type: "BLOB", nullable: true),
                    throttle_rate = table.Column<int>(type: "INTEGER", nullable: true),
                    disabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    disabled_reason = table.Column<int>(type: "INTEGER", nullable: true),
                    max_in_flight = table.Column<int>(type: "INTEGER", nullable: true),
                    retry_schedule = table.Column<string>(type: "TEXT", nullable: true),
                    unknown_outcome_policy = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_endpoints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_types",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: false),
                    schemas = table.Column<string>(type: "TEXT", nullable: true),
                    archived = table.Column<bool>(type: "INTEGER", nullable: false),
                    deprecated = table.Column<bool>(type: "INTEGER", nullable: false),
                    feature_flag = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_types", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    api_key_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    request_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    status_code = table.Column<int>(type: "INTEGER", nullable: false),
                    answer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_records", x => new { x.api_key_id, x.idempotency_key });
                });

            migrationBuilder.CreateTable(
                name: "lanes",
                columns: table => new
                {
                    endpoint_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ready_at = table.Column<long>(type: "INTEGER", nullable: true),
                    in_flight = table.Column<int>(type: "INTEGER", nullable: false),
                    in_flight_limit = table.Column<int>(type: "INTEGER", nullable: false),
                    saturated = table.Column<bool>(type: "INTEGER", nullable: false),
                    held = table.Column<bool>(type: "INTEGER", nullable: false),
                    paused_until = table.Column<long>(type: "INTEGER", nullable: true),
                    pause_reason = table.Column<int>(type: "INTEGER", nullable: true),
                    paced_until = table.Column<long>(type: "INTEGER", nullable: true),
                    last_sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lanes", x => x.endpoint_id);
                });

            migrationBuilder.CreateTable(
                name: "message_payloads",
                columns: table => new
                {
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    raw_body = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_payloads", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    application_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    event_type = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    event_id = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    channels = table.Column<string>(type: "TEXT", nullable: true),
                    trace_parent = table.Column<string>(type: "TEXT", maxLength: 55, nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    payload_expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_application_id",
                table: "api_keys",
                column: "application_id",
                filter: "application_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_applications_uid",
                table: "applications",
                column: "uid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_attempts_endpoint_id_id",
                table: "attempts",
                columns: new[] { "endpoint_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_attempts_message_id_id",
                table: "attempts",
                columns: new[] { "message_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_endpoint_id_message_id",
                table: "deliveries",
                columns: new[] { "endpoint_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_message_id_endpoint_id_replay_number",
                table: "deliveries",
                columns: new[] { "message_id", "endpoint_id", "replay_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_held",
                table: "deliveries",
                columns: new[] { "endpoint_id", "due_at" },
                filter: "state = 2");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_sending",
                table: "deliveries",
                column: "leased_until",
                filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_waiting",
                table: "deliveries",
                columns: new[] { "endpoint_id", "due_at", "id" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_endpoint_secrets_endpoint_id",
                table: "endpoint_secrets",
                column: "endpoint_id");

            migrationBuilder.CreateIndex(
                name: "IX_endpoints_application_id_uid",
                table: "endpoints",
                columns: new[] { "application_id", "uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_records_expires_at",
                table: "idempotency_records",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_lanes_ready",
                table: "lanes",
                columns: new[] { "ready_at", "paced_until" },
                filter: "ready_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_messages_application_id_event_id",
                table: "messages",
                columns: new[] { "application_id", "event_id" },
                unique: true,
                filter: "event_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_messages_application_id_id",
                table: "messages",
                columns: new[] { "application_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropTable(
                name: "attempts");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "endpoint_secrets");

            migrationBuilder.DropTable(
                name: "endpoints");

            migrationBuilder.DropTable(
                name: "event_types");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "lanes");

            migrationBuilder.DropTable(
                name: "message_payloads");

            migrationBuilder.DropTable(
                name: "messages");
        }
    }
}

using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Webhooks.Data.PostgreSql.Migrations
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    scope = table.Column<int>(type: "integer", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    feature_flags = table.Column<string>(type: "text", nullable: true),
                    requests_per_second = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: true),
                    revoked_at = table.Column<long>(type: "bigint", nullable: true),
                    last_used_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    uid = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    metadata = table.Column<string>(type: "text", nullable: false),
                    throttle_rate = table.Column<int>(type: "integer", nullable: true),
                    paced_until = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_applications", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attempts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    trigger_type = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status_code = table.Column<int>(type: "integer", nullable: true),
                    dns_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    connect_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    tls_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    first_byte_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    total_microseconds = table.Column<long>(type: "bigint", nullable: false),
                    response_headers = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    response_body = table.Column<byte[]>(type: "bytea", nullable: true),
                    error_code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    error_text = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    node = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "background_tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parameters = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cursor = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    progress = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_background_tasks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    replay_number = table.Column<int>(type: "integer", nullable: false),
                    trigger_type = table.Column<int>(type: "integer", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    ordering_key = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    state = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    own_faults = table.Column<int>(type: "integer", nullable: false),
                    last_outcome = table.Column<int>(type: "integer", nullable: true),
                    lease_token = table.Column<byte[]>(type: "bytea", maxLength: 16, nullable: true),
                    leased_until = table.Column<long>(type: "bigint", nullable: true),
                    leased_by = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    dead_reason = table.Column<int>(type: "integer", nullable: true),
                    hold_reason = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.01)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 20000);

            migrationBuilder.CreateTable(
                name: "endpoint_secrets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @protected = table.Column<byte[]>(name: "protected", type: "bytea", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_endpoint_secrets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "endpoints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    uid = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    url = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_types = table.Column<string>(type: "text", nullable: true),
                    channels = table.Column<string>(type: "text", nullable: true),
                    metadata = table.Column<string>(type: "text", nullable: false),
                    protected_headers = table.Column<byte[]>(type: "bytea", nullable: true),
                    throttle_rate = table.Column<int>(type: "integer", nullable: true),
                    disabled = table.Column<bool>(type: "boolean", nullable: false),
                    disabled_reason = table.Column<int>(type: "integer", nullable: true),
                    max_in_flight = table.Column<int>(type: "integer", nullable: true),
                    retry_schedule = table.Column<string>(type: "text", nullable: true),
                    attempt_timeout = table.Column<long>(type: "bigint", nullable: true),
                    ordered = table.Column<bool>(type: "boolean", nullable: false),
                    park_after = table.Column<int>(type: "integer", nullable: true),
                    filter = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    paused_at = table.Column<long>(type: "bigint", nullable: true),
                    pause_note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    unknown_outcome_policy = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_endpoints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_types",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    schemas = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    archived = table.Column<bool>(type: "boolean", nullable: false),
                    deprecated = table.Column<bool>(type: "boolean", nullable: false),
                    feature_flag = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_types", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
                columns: table => new
                {
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    request_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    status_code = table.Column<int>(type: "integer", nullable: false),
                    answer = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_records", x => new { x.api_key_id, x.idempotency_key });
                });

            migrationBuilder.CreateTable(
                name: "lanes",
                columns: table => new
                {
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ready_at = table.Column<long>(type: "bigint", nullable: true),
                    in_flight = table.Column<int>(type: "integer", nullable: false),
                    in_flight_limit = table.Column<int>(type: "integer", nullable: false),
                    saturated = table.Column<bool>(type: "boolean", nullable: false),
                    held = table.Column<bool>(type: "boolean", nullable: false),
                    paused_until = table.Column<long>(type: "bigint", nullable: true),
                    pause_reason = table.Column<int>(type: "integer", nullable: true),
                    paced_until = table.Column<long>(type: "bigint", nullable: true),
                    release_rate = table.Column<int>(type: "integer", nullable: true),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lanes", x => x.endpoint_id);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 5000);

            migrationBuilder.CreateTable(
                name: "message_payloads",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    raw_body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_payloads", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_type = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    event_id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    channels = table.Column<List<string>>(type: "text[]", nullable: true),
                    ordering_key = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    trace_parent = table.Column<string>(type: "character varying(55)", maxLength: 55, nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    payload_expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operational_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<int>(type: "integer", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint_uid = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operational_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "poll_consumers",
                columns: table => new
                {
                    endpoint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_poll_consumers", x => new { x.endpoint_id, x.name });
                });

            migrationBuilder.InsertData(
                table: "applications",
                columns: new[] { "id", "created_at", "deleted_at", "metadata", "name", "paced_until", "throttle_rate", "uid", "updated_at" },
                values: new object[] { new Guid("00000000-0000-0000-0000-000000000001"), 0L, null, "{}", "Operational webhooks", null, null, null, 0L });

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
                name: "ix_background_tasks_running",
                table: "background_tasks",
                column: "id",
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_endpoint_id_message_id",
                table: "deliveries",
                columns: new[] { "endpoint_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_endpoint_id_sequence",
                table: "deliveries",
                columns: new[] { "endpoint_id", "sequence" });

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
                filter: "ready_at IS NOT NULL")
                .Annotation("Npgsql:IndexNullSortOrder", new[] { NullSortOrder.NullsLast, NullSortOrder.NullsFirst });

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
                name: "background_tasks");

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

            migrationBuilder.DropTable(
                name: "operational_events");

            migrationBuilder.DropTable(
                name: "poll_consumers");
        }
    }
}

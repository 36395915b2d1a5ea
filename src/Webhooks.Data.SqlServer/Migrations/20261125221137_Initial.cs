using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Webhooks.Data.SqlServer.Migrations
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
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    scope = table.Column<int>(type: "int", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    feature_flags = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    requests_per_second = table.Column<int>(type: "int", nullable: true),
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
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    uid = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    metadata = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    throttle_rate = table.Column<int>(type: "int", nullable: true),
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
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    delivery_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    message_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    trigger_type = table.Column<int>(type: "int", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    outcome = table.Column<int>(type: "int", nullable: false),
                    url = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    status_code = table.Column<int>(type: "int", nullable: true),
                    dns_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    connect_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    tls_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    first_byte_microseconds = table.Column<long>(type: "bigint", nullable: true),
                    total_microseconds = table.Column<long>(type: "bigint", nullable: false),
                    response_headers = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    response_body = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    error_code = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    error_text = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    receipt_answer = table.Column<int>(type: "int", nullable: true),
                    receipt_text = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    node = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attempts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    who = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    operation = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    target = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: false, collation: "Latin1_General_100_BIN2"),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "background_tasks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    kind = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<int>(type: "int", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    parameters = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    cursor = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    progress = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    error = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_background_tasks", x => x.id);
                });

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
                name: "data_protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    xml = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_protection_keys", x => x.name);
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
                    dead_reason = table.Column<int>(type: "int", nullable: true),
                    hold_reason = table.Column<int>(type: "int", nullable: true),
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
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    message_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    replay_number = table.Column<int>(type: "int", nullable: false),
                    trigger_type = table.Column<int>(type: "int", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    ordering_key = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<int>(type: "int", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    failures = table.Column<int>(type: "int", nullable: false),
                    own_faults = table.Column<int>(type: "int", nullable: false),
                    last_outcome = table.Column<int>(type: "int", nullable: true),
                    lease_token = table.Column<byte[]>(type: "varbinary(16)", maxLength: 16, nullable: true),
                    leased_until = table.Column<long>(type: "bigint", nullable: true),
                    leased_by = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    dead_reason = table.Column<int>(type: "int", nullable: true),
                    hold_reason = table.Column<int>(type: "int", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "endpoint_secrets",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    @protected = table.Column<byte[]>(name: "protected", type: "varbinary(max)", nullable: false),
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
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    uid = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    url = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    description = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    event_types = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    channels = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    metadata = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    protected_headers = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    throttle_rate = table.Column<int>(type: "int", nullable: true),
                    disabled = table.Column<bool>(type: "bit", nullable: false),
                    disabled_reason = table.Column<int>(type: "int", nullable: true),
                    max_in_flight = table.Column<int>(type: "int", nullable: true),
                    retry_schedule = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    attempt_timeout = table.Column<long>(type: "bigint", nullable: true),
                    ordered = table.Column<bool>(type: "bit", nullable: false),
                    park_after = table.Column<int>(type: "int", nullable: true),
                    filter = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    paused_at = table.Column<long>(type: "bigint", nullable: true),
                    pause_note = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    unknown_outcome_policy = table.Column<int>(type: "int", nullable: false),
                    receipt_url = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_endpoints", x => x.id);
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
                name: "event_types",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    description = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2"),
                    schemas = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    archived = table.Column<bool>(type: "bit", nullable: false),
                    deprecated = table.Column<bool>(type: "bit", nullable: false),
                    feature_flag = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
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
                    api_key_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    idempotency_key = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    request_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    status_code = table.Column<int>(type: "int", nullable: false),
                    answer = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_records", x => new { x.api_key_id, x.idempotency_key });
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
                name: "lanes",
                columns: table => new
                {
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    ready_at = table.Column<long>(type: "bigint", nullable: true),
                    in_flight = table.Column<int>(type: "int", nullable: false),
                    in_flight_limit = table.Column<int>(type: "int", nullable: false),
                    saturated = table.Column<bool>(type: "bit", nullable: false),
                    held = table.Column<bool>(type: "bit", nullable: false),
                    paused_until = table.Column<long>(type: "bigint", nullable: true),
                    pause_reason = table.Column<int>(type: "int", nullable: true),
                    paced_until = table.Column<long>(type: "bigint", nullable: true),
                    release_rate = table.Column<int>(type: "int", nullable: true),
                    failing_since = table.Column<long>(type: "bigint", nullable: true),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false),
                    booked_sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lanes", x => x.endpoint_id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_hours",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    first_sequence = table.Column<long>(type: "bigint", nullable: false),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false),
                    filtered = table.Column<long>(type: "bigint", nullable: false),
                    counted_at = table.Column<long>(type: "bigint", nullable: false),
                    settled_at = table.Column<long>(type: "bigint", nullable: true),
                    residue = table.Column<long>(type: "bigint", nullable: false),
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
                name: "ledger_marks",
                columns: table => new
                {
                    kind = table.Column<int>(type: "int", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    entry = table.Column<byte[]>(type: "binary(16)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ledger_marks", x => x.kind);
                });

            migrationBuilder.CreateTable(
                name: "ledger_seals",
                columns: table => new
                {
                    day = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false, collation: "Latin1_General_100_BIN2"),
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
                name: "message_payloads",
                columns: table => new
                {
                    message_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    raw_body = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_message_payloads", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    application_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    event_type = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    event_id = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    channels = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2"),
                    ordering_key = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    trace_parent = table.Column<string>(type: "nvarchar(55)", maxLength: 55, nullable: true, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    roles = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => x.name);
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

            migrationBuilder.CreateTable(
                name: "operational_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    type = table.Column<int>(type: "int", nullable: false),
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    endpoint_uid = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    message_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    attempt_id = table.Column<byte[]>(type: "binary(16)", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operational_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operators",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    role = table.Column<int>(type: "int", nullable: false),
                    display_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    signed_in_at = table.Column<long>(type: "bigint", nullable: true),
                    disabled_at = table.Column<long>(type: "bigint", nullable: true),
                    user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    normalized_user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    normalized_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    email_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    password_hash = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true, collation: "Latin1_General_100_BIN2"),
                    security_stamp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    two_factor_enabled = table.Column<bool>(type: "bit", nullable: false),
                    lockout_end = table.Column<long>(type: "bigint", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "bit", nullable: false),
                    access_failed_count = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operators", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "poll_consumers",
                columns: table => new
                {
                    endpoint_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_poll_consumers", x => new { x.endpoint_id, x.name });
                });

            migrationBuilder.CreateTable(
                name: "operator_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    user_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    claim_value = table.Column<string>(type: "nvarchar(1024)", maxLength: 1024, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operator_claims", x => x.id);
                    table.ForeignKey(
                        name: "FK_operator_claims_operators_user_id",
                        column: x => x.user_id,
                        principalTable: "operators",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "operator_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    provider_key = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    provider_display_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_100_BIN2"),
                    user_id = table.Column<byte[]>(type: "binary(16)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operator_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "FK_operator_logins_operators_user_id",
                        column: x => x.user_id,
                        principalTable: "operators",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "operator_tokens",
                columns: table => new
                {
                    user_id = table.Column<byte[]>(type: "binary(16)", nullable: false),
                    login_provider = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    value = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operator_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "FK_operator_tokens_operators_user_id",
                        column: x => x.user_id,
                        principalTable: "operators",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "applications",
                columns: new[] { "id", "created_at", "deleted_at", "metadata", "name", "paced_until", "throttle_rate", "uid", "updated_at" },
                values: new object[] { new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 0L, null, "{}", "Operational webhooks", null, null, null, 0L });

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
                name: "IX_applications_deleted_at_id",
                table: "applications",
                columns: new[] { "deleted_at", "id" },
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_applications_uid",
                table: "applications",
                column: "uid",
                unique: true,
                filter: "[uid] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_attempts_endpoint_id_id",
                table: "attempts",
                columns: new[] { "endpoint_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_attempts_message_id_id",
                table: "attempts",
                columns: new[] { "message_id", "id" });

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

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_application_id_id",
                table: "audit_entries",
                columns: new[] { "application_id", "id" },
                filter: "application_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_operation_id",
                table: "audit_entries",
                columns: new[] { "operation", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_who_id",
                table: "audit_entries",
                columns: new[] { "who", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_background_tasks_running",
                table: "background_tasks",
                column: "id",
                filter: "state = 0");

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
                name: "ix_deliveries_filtered",
                table: "deliveries",
                column: "id",
                filter: "state = 6");

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
                name: "IX_endpoints_application_id_id",
                table: "endpoints",
                columns: new[] { "application_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_endpoints_application_id_uid",
                table: "endpoints",
                columns: new[] { "application_id", "uid" },
                unique: true,
                filter: "[uid] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_endpoints_deleted_at_id",
                table: "endpoints",
                columns: new[] { "deleted_at", "id" },
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_endpoints_disabled",
                table: "endpoints",
                column: "disabled_reason",
                filter: "disabled_reason IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_escalation_policies_application_id",
                table: "escalation_policies",
                column: "application_id",
                unique: true,
                filter: "application_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_records_expires_at",
                table: "idempotency_records",
                column: "expires_at");

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
                name: "ix_lanes_failing",
                table: "lanes",
                column: "failing_since",
                filter: "failing_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lanes_ready",
                table: "lanes",
                columns: new[] { "ready_at", "paced_until" },
                filter: "ready_at IS NOT NULL");

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
                name: "ix_ledger_hours_unbalanced",
                table: "ledger_hours",
                column: "counted_at",
                filter: "residue <> 0");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_hours_unsettled",
                table: "ledger_hours",
                column: "counted_at",
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_message_payloads_expires_at_message_id",
                table: "message_payloads",
                columns: new[] { "expires_at", "message_id" });

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

            migrationBuilder.CreateIndex(
                name: "IX_operator_claims_user_id",
                table: "operator_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_operator_logins_user_id",
                table: "operator_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_operators_normalized_email",
                table: "operators",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "IX_operators_normalized_user_name",
                table: "operators",
                column: "normalized_user_name",
                unique: true,
                filter: "[normalized_user_name] IS NOT NULL");

            // By default a statement that locks 5,000 rows locks the whole table instead, and every claim would wait for one large commit.
            var hot = new[]
            {
                "applications", "lanes", "deliveries", "messages", "message_payloads", "attempts", "idempotency_records", "operational_events",
                "dead_letters",
            };
            foreach (var table in hot)
                migrationBuilder.Sql($"ALTER TABLE [{table}] SET (LOCK_ESCALATION = DISABLE);");
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
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "background_tasks");

            migrationBuilder.DropTable(
                name: "channels");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "dead_letters");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "endpoint_secrets");

            migrationBuilder.DropTable(
                name: "endpoints");

            migrationBuilder.DropTable(
                name: "escalation_policies");

            migrationBuilder.DropTable(
                name: "event_types");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "incident_events");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "lanes");

            migrationBuilder.DropTable(
                name: "ledger_hours");

            migrationBuilder.DropTable(
                name: "ledger_marks");

            migrationBuilder.DropTable(
                name: "ledger_seals");

            migrationBuilder.DropTable(
                name: "message_payloads");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "operational_events");

            migrationBuilder.DropTable(
                name: "operator_claims");

            migrationBuilder.DropTable(
                name: "operator_logins");

            migrationBuilder.DropTable(
                name: "operator_tokens");

            migrationBuilder.DropTable(
                name: "poll_consumers");

            migrationBuilder.DropTable(
                name: "operators");
        }
    }
}

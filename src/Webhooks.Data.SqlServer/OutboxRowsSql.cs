using System.Text.Json;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>Commit 1, what it writes: all rows in one round trip.</summary>
internal static class OutboxRowsSql
{
    public const string InsertMessages = """
        INSERT INTO messages (id, application_id, event_type, event_id, channels, trace_parent, created_at, ordering_key)
        SELECT CONVERT(binary(16), k.id, 2), CONVERT(binary(16), k.application_id, 2), k.event_type, k.event_id, k.channels,
               k.trace_parent, k.created_at, k.ordering_key
        FROM OPENJSON(@messages) WITH (
            id char(32), application_id char(32), event_type nvarchar(256), event_id nvarchar(256), channels nvarchar(max),
            trace_parent nvarchar(55), created_at bigint, ordering_key nvarchar(256)) AS k;

        """;

    public const string InsertPayloads = """
        INSERT INTO message_payloads (message_id, body, raw_body, expires_at)
        SELECT CONVERT(binary(16), k.message_id, 2), SUBSTRING(@bodies, k.body_start, k.body_length),
               SUBSTRING(@bodies, k.raw_body_start, k.raw_body_length), k.expires_at
        FROM OPENJSON(@payloads) WITH (
            message_id char(32), body_start int, body_length int, raw_body_start int, raw_body_length int, expires_at bigint) AS k;

        """;

    public const string InsertDeliveries = """
        INSERT INTO deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, due_at, created_at, state, ordering_key,
             finished_at, attempts, failures, own_faults)
        SELECT CONVERT(binary(16), k.id, 2), CONVERT(binary(16), k.message_id, 2), CONVERT(binary(16), k.endpoint_id, 2), k.replay_number,
               k.trigger_type, k.sequence, k.due_at, k.created_at, k.state, k.ordering_key, k.finished_at, 0, 0, 0
        FROM OPENJSON(@deliveries) WITH (
            id char(32), message_id char(32), endpoint_id char(32), replay_number int, trigger_type int, sequence bigint, due_at bigint,
            created_at bigint, state int, ordering_key nvarchar(256), finished_at bigint) AS k;

        """;

    // A held lane stays asleep until it is resumed, a saturated one until an attempt ends, a paused one until its pause is over. An
    // arrival without a due time wakes none.
    public const string ReadyLanes = """
        UPDATE l SET
            last_sequence = k.last_sequence,
            ready_at = CASE WHEN l.held = 1 OR l.saturated = 1 OR k.due_at IS NULL THEN l.ready_at
                            WHEN l.paused_until > earliest.ready_at THEN l.paused_until
                            ELSE earliest.ready_at END
        FROM OPENJSON(@arrivals) WITH (endpoint_id char(32), last_sequence bigint, due_at bigint) AS k
        INNER LOOP JOIN lanes AS l WITH (ROWLOCK) ON l.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2)
        CROSS APPLY (SELECT CASE WHEN l.ready_at < k.due_at THEN l.ready_at ELSE k.due_at END AS ready_at) AS earliest;

        """;

    // Only those that were read: where another node has put its own in their place meanwhile, the insert finds the key taken.
    public const string DeleteIdempotencyRecords = """
        DELETE r
        FROM OPENJSON(@forgotten) WITH (api_key_id char(32), idempotency_key nvarchar(256), expires_at bigint) AS k
        INNER LOOP JOIN idempotency_records AS r WITH (ROWLOCK) ON r.api_key_id = CONVERT(binary(16), k.api_key_id, 2)
            AND r.idempotency_key = k.idempotency_key COLLATE Latin1_General_100_BIN2
        WHERE r.expires_at = k.expires_at;

        """;

    public const string InsertIdempotencyRecords = """
        INSERT INTO idempotency_records (api_key_id, idempotency_key, request_hash, status_code, answer, expires_at)
        SELECT CONVERT(binary(16), k.api_key_id, 2), k.idempotency_key, CONVERT(varbinary(32), k.request_hash, 2), k.status_code,
               CONVERT(varbinary(max), k.answer, 2), k.expires_at
        FROM OPENJSON(@records) WITH (
            api_key_id char(32), idempotency_key nvarchar(256), request_hash varchar(64), status_code int, answer varchar(max),
            expires_at bigint) AS k;

        """;

    // XACT_ABORT: the first statement that fails ends the whole transaction, and those after it are not tried.
    private const string All =
        "SET XACT_ABORT ON;\n" + InsertMessages + InsertPayloads + InsertDeliveries + ReadyLanes
        + DeleteIdempotencyRecords + InsertIdempotencyRecords;

    public static Task WriteAsync(SqlServerStatements statements, OutboxRows rows, CancellationToken cancellationToken)
    {
        var bodies = new SqlServerBodies();
        var payloads = SqlServerJson.Rows(rows.Payloads.Select(payload => Of(payload, bodies)));
        return statements.ExecuteAsync(
            All, cancellationToken,
            ("@messages", SqlServerJson.Rows(rows.Messages.Select(Of))),
            ("@payloads", payloads),
            ("@bodies", bodies.ToArray()),
            ("@deliveries", SqlServerJson.Rows(rows.Deliveries.Select(Of))),
            ("@arrivals", SqlServerJson.Rows(rows.Lanes.OrderBy(lane => lane.EndpointId).Select(Of))),
            ("@forgotten", SqlServerJson.Rows(rows.ForgottenKeys.Select(Of))),
            ("@records", SqlServerJson.Rows(rows.IdempotencyRecords.Select(Of))));
    }

    private static object Of(Message message) => new
    {
        Id = message.Id.ToHex(), ApplicationId = message.ApplicationId.ToHex(), message.EventType, message.EventId,
        Channels = message.Channels is null ? null : JsonSerializer.Serialize(message.Channels), message.TraceParent,
        CreatedAt = message.CreatedAt.ToUnixMicroseconds(), message.OrderingKey,
    };

    private static object Of(MessagePayloadRow payload, SqlServerBodies bodies) => new
    {
        MessageId = payload.MessageId.ToHex(), BodyStart = bodies.Add(payload.Body), BodyLength = payload.Body.Length,
        RawBodyStart = payload.RawBody is { } raw ? bodies.Add(raw) : (int?)null, RawBodyLength = payload.RawBody?.Length,
        ExpiresAt = payload.ExpiresAt.ToUnixMicroseconds(),
    };

    private static object Of(Delivery delivery) => new
    {
        Id = delivery.Id.ToHex(), MessageId = delivery.MessageId.ToHex(), EndpointId = delivery.EndpointId.ToHex(), delivery.ReplayNumber,
        TriggerType = (int)delivery.TriggerType, delivery.Sequence, DueAt = delivery.DueAt.ToUnixMicroseconds(),
        CreatedAt = delivery.CreatedAt.ToUnixMicroseconds(), State = (int)delivery.State, delivery.OrderingKey,
        FinishedAt = delivery.FinishedAt?.ToUnixMicroseconds(),
    };

    private static object Of(LaneArrival lane) => new
    {
        EndpointId = lane.EndpointId.ToHex(), lane.LastSequence, DueAt = lane.DueAt?.ToUnixMicroseconds(),
    };

    private static object Of(ForgottenKey forgotten) => new
    {
        ApiKeyId = forgotten.Caller.ToHex(), IdempotencyKey = forgotten.Key, ExpiresAt = forgotten.ExpiresAt.ToUnixMicroseconds(),
    };

    private static object Of(IdempotencyRecord record) => new
    {
        ApiKeyId = record.ApiKeyId.ToHex(), record.IdempotencyKey, RequestHash = Convert.ToHexString(record.RequestHash), record.StatusCode,
        Answer = Convert.ToHexString(record.Answer), ExpiresAt = record.ExpiresAt.ToUnixMicroseconds(),
    };
}

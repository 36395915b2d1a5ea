using System.Text.Json;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.PostgreSql;

/// <summary>Commit 1, in three round trips whatever the size of the batch: two that read, one that writes and commits.</summary>
internal sealed class OutboxSql(PostgreSqlTransaction transaction, CommitHint committed) : IOutboxTransaction
{
    private const string SelectMessages = "SELECT id FROM messages WHERE id = ANY($1)";

    private const string InsertMessages = """
        INSERT INTO messages (id, application_id, event_type, event_id, channels, trace_parent, created_at, ordering_key)
        SELECT id, application_id, event_type, event_id,
               CASE WHEN channels IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(channels::json)) END,
               trace_parent, created_at, ordering_key
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
            AS new(id, application_id, event_type, event_id, channels, trace_parent, created_at, ordering_key)
        """;

    private const string InsertPayloads = """
        INSERT INTO message_payloads (message_id, body, raw_body, expires_at)
        SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bigint[])
        """;

    private const string InsertDeliveries = """
        INSERT INTO deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, due_at, created_at, state, ordering_key,
             finished_at, attempts, failures, own_faults)
        SELECT *, 0, 0, 0 FROM unnest(
            $1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[], $10::text[],
            $11::bigint[])
        """;

    // A held lane stays asleep until it is resumed, a saturated one until an attempt ends, a paused one until its pause is over. An
    // arrival without a due time wakes none. GREATEST and LEAST pass over NULLs.
    public const string ReadyLanes = """
        UPDATE lanes l SET
            last_sequence = arrival.last_sequence,
            ready_at = CASE WHEN l.held OR l.saturated OR arrival.due_at IS NULL THEN l.ready_at
                            ELSE greatest(l.paused_until, least(l.ready_at, arrival.due_at)) END
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS arrival(endpoint_id, last_sequence, due_at)
        WHERE l.endpoint_id = arrival.endpoint_id
        """;

    // Only those that were read: where another node has put its own in their place meanwhile, the insert finds the key taken.
    public const string DeleteIdempotencyRecords = """
        DELETE FROM idempotency_records r
        USING unnest($1::uuid[], $2::text[], $3::bigint[]) AS forgotten(api_key_id, idempotency_key, expires_at)
        WHERE r.api_key_id = forgotten.api_key_id AND r.idempotency_key = forgotten.idempotency_key
          AND r.expires_at = forgotten.expires_at
        """;

    private const string InsertIdempotencyRecords = """
        INSERT INTO idempotency_records (api_key_id, idempotency_key, request_hash, status_code, answer, expires_at)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::int[], $5::bytea[], $6::bigint[])
        """;

    private readonly PostgreSqlBatch _writes = transaction.NewBatch();

    public Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken) =>
        new OutboxReadSql(transaction, batch).RunAsync(cancellationToken);

    public async Task<IReadOnlyCollection<MessageId>> FindAsync(IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        await using var query = transaction.NewBatch().Add(SelectMessages, ids.Column(id => id.ToUuid()));
        await using var reader = await query.QueryAsync(cancellationToken);
        return await reader.ReadListAsync(row => row.GetId<MessageId>(0), cancellationToken);
    }

    /// <summary>What is written goes to the server with the commit.</summary>
    public Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken)
    {
        AddMessages(rows.Messages);
        _writes.Add(
            InsertPayloads,
            rows.Payloads.Column(p => p.MessageId.ToUuid()), rows.Payloads.Column(p => p.Body), rows.Payloads.Column(p => p.RawBody),
            rows.Payloads.Column(p => p.ExpiresAt.ToUnixMicroseconds()));
        AddDeliveries(rows.Deliveries);
        _writes.Add(
            ReadyLanes, rows.Lanes.Column(l => l.EndpointId.ToUuid()), rows.Lanes.Column(l => l.LastSequence),
            rows.Lanes.Column(l => l.DueAt?.ToUnixMicroseconds()));
        if (rows.ForgottenKeys.Count > 0)
            _writes.Add(
                DeleteIdempotencyRecords,
                rows.ForgottenKeys.Column(key => key.Caller.ToUuid()), rows.ForgottenKeys.Column(key => key.Key),
                rows.ForgottenKeys.Column(key => key.ExpiresAt.ToUnixMicroseconds()));
        AddIdempotencyRecords(rows.IdempotencyRecords);
        return Task.CompletedTask;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _writes.Commit().ExecuteAsync(cancellationToken);
        committed.Signal();
    }

    public async ValueTask DisposeAsync()
    {
        await _writes.DisposeAsync();
        await transaction.DisposeAsync();
    }

    private void AddMessages(IReadOnlyList<Message> messages) => _writes.Add(
        InsertMessages,
        messages.Column(m => m.Id.ToUuid()), messages.Column(m => m.ApplicationId.ToUuid()), messages.Column(m => m.EventType),
        messages.Column(m => m.EventId), messages.Column(m => m.Channels is null ? null : JsonSerializer.Serialize(m.Channels)),
        messages.Column(m => m.TraceParent), messages.Column(m => m.CreatedAt.ToUnixMicroseconds()),
        messages.Column(m => m.OrderingKey));

    private void AddDeliveries(IReadOnlyList<Delivery> deliveries) => _writes.Add(
        InsertDeliveries,
        deliveries.Column(d => d.Id.ToUuid()), deliveries.Column(d => d.MessageId.ToUuid()), deliveries.Column(d => d.EndpointId.ToUuid()),
        deliveries.Column(d => d.ReplayNumber), deliveries.Column(d => (int)d.TriggerType), deliveries.Column(d => d.Sequence),
        deliveries.Column(d => d.DueAt.ToUnixMicroseconds()), deliveries.Column(d => d.CreatedAt.ToUnixMicroseconds()),
        deliveries.Column(d => (int)d.State), deliveries.Column(d => d.OrderingKey),
        deliveries.Column(d => d.FinishedAt?.ToUnixMicroseconds()));

    private void AddIdempotencyRecords(IReadOnlyList<IdempotencyRecord> records) => _writes.Add(
        InsertIdempotencyRecords,
        records.Column(r => r.ApiKeyId.ToUuid()), records.Column(r => r.IdempotencyKey), records.Column(r => r.RequestHash),
        records.Column(r => r.StatusCode), records.Column(r => r.Answer), records.Column(r => r.ExpiresAt.ToUnixMicroseconds()));
}

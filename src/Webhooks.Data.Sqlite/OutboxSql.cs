using System.Text.Json;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.Sqlite;

/// <summary>Commit 1. SQLite runs in this process, so a statement for each row costs less than one large statement would to build.</summary>
internal sealed class OutboxSql(SqliteTransactionScope scope) : IOutboxTransaction
{
    private const string SelectApplication = "SELECT id FROM applications WHERE id = $1 AND deleted_at IS NULL";
    private const string SelectApplicationByUid = "SELECT id FROM applications WHERE uid = $1 AND deleted_at IS NULL";

    public const string SelectSubscriptions = """
        SELECT e.id, e.event_types, e.channels, l.last_sequence, e.ordered, e.filter
        FROM endpoints e JOIN lanes l ON l.endpoint_id = e.id
        WHERE e.application_id = $1 AND e.deleted_at IS NULL
        """;

    // On an engine that lets several writers in, its own statement after the one that locks the lanes: whoever ends a delivery locks the
    // lane, too, before it looks for the next of the key (RecordSql). So either it has ended here already, or it finds what is queued now.
    public const string SelectBusyKey = """
        SELECT 1 FROM deliveries INDEXED BY ix_deliveries_ordered
        WHERE endpoint_id = $1 AND ordering_key = $2 AND state IN (0, 1)
        LIMIT 1
        """;

    public const string SelectEventId = "SELECT 1 FROM messages WHERE application_id = $1 AND event_id = $2";

    private const string SelectMessage = "SELECT 1 FROM messages WHERE id = $1";

    private const string SelectIdempotencyRecord = """
        SELECT request_hash, status_code, answer, expires_at FROM idempotency_records WHERE api_key_id = $1 AND idempotency_key = $2
        """;

    private const string InsertMessage = """
        INSERT INTO messages (id, application_id, event_type, event_id, channels, trace_parent, created_at, ordering_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string InsertPayload = "INSERT INTO message_payloads (message_id, body, raw_body, expires_at) VALUES ($1, $2, $3, $4)";

    private const string InsertDelivery = """
        INSERT INTO deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, due_at, created_at, state, ordering_key,
             finished_at, attempts, failures, own_faults)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0)
        """;

    // A held lane stays asleep until it is resumed, a saturated one until an attempt ends, a paused one until its pause is over. $3 is null
    // when nothing new is due.
    public const string ReadyLane = """
        UPDATE lanes SET
            last_sequence = $2,
            ready_at = CASE WHEN held OR saturated OR $3 IS NULL THEN ready_at
                            ELSE max(coalesce(paused_until, 0), min(coalesce(ready_at, $3), $3)) END
        WHERE endpoint_id = $1
        """;

    private const string DeleteIdempotencyRecord = "DELETE FROM idempotency_records WHERE api_key_id = $1 AND idempotency_key = $2";

    private const string InsertIdempotencyRecord = """
        INSERT INTO idempotency_records (api_key_id, idempotency_key, request_hash, status_code, answer, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private readonly SqliteStatements _statements = scope.Statements;

    public Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken)
    {
        var applications = new Dictionary<string, ApplicationId>(StringComparer.Ordinal);
        foreach (var name in batch.Select(request => request.Application).Distinct(StringComparer.Ordinal))
        {
            if (FindApplication(name) is { } id)
                applications[name] = id;
        }

        var subscriptions = applications.Values.Distinct()
            .SelectMany(application => ReadSubscriptions(application).Select(subscription => (application, subscription)))
            .ToLookup(pair => pair.application, pair => pair.subscription);
        return Task.FromResult(
            new OutboxSnapshot(applications, subscriptions, ReadTakenEventIds(batch, applications), ReadAnswered(batch))
            {
                BusyKeys = ReadBusyKeys(batch, applications, subscriptions),
            });
    }

    public Task<IReadOnlyCollection<MessageId>> FindAsync(IReadOnlyList<MessageId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<MessageId>>(ids.Where(IsOnRecord).ToList());

    public Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken)
    {
        foreach (var message in rows.Messages)
            Insert(message);
        foreach (var payload in rows.Payloads)
            _statements.Execute(
                InsertPayload, payload.MessageId.ToBytes(), payload.Body, payload.RawBody, payload.ExpiresAt.ToUnixMicroseconds());
        foreach (var delivery in rows.Deliveries)
            Insert(delivery);
        foreach (var lane in rows.Lanes)
            _statements.Execute(ReadyLane, lane.EndpointId.ToBytes(), lane.LastSequence, lane.DueAt?.ToUnixMicroseconds());
        foreach (var forgotten in rows.ForgottenKeys)
            _statements.Execute(DeleteIdempotencyRecord, forgotten.Caller.ToBytes(), forgotten.Key);
        foreach (var record in rows.IdempotencyRecords)
            Insert(record);
        return Task.CompletedTask;
    }

    public Task CommitAsync(CancellationToken cancellationToken)
    {
        scope.Commit();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        scope.Dispose();
        return ValueTask.CompletedTask;
    }

    private ApplicationId? FindApplication(string name)
    {
        using var rows = IdText.TryParse<ApplicationId>(name, out var id)
            ? _statements.Query(SelectApplication, id.ToBytes())
            : _statements.Query(SelectApplicationByUid, name);
        return rows.Read() ? rows.GetId<ApplicationId>(0) : null;
    }

    private List<Subscription> ReadSubscriptions(ApplicationId application)
    {
        var subscriptions = new List<Subscription>();
        using var rows = _statements.Query(SelectSubscriptions, application.ToBytes());
        while (rows.Read())
        {
            subscriptions.Add(new Subscription(
                rows.GetId<EndpointId>(0), rows.GetJsonListOrNull<string>(1), rows.GetJsonListOrNull<string>(2), rows.GetInt64(3))
            {
                Ordered = rows.GetBoolean(4),
                Filter = rows.GetStringOrNull(5),
            });
        }

        return subscriptions;
    }

    private HashSet<(EndpointId, string)> ReadBusyKeys(
        IReadOnlyList<PublishRequest> batch, Dictionary<string, ApplicationId> applications,
        ILookup<ApplicationId, Subscription> subscriptions)
    {
        var busy = new HashSet<(EndpointId, string)>();
        foreach (var application in subscriptions)
        {
            foreach (var endpoint in application.Where(subscription => subscription.Ordered))
            {
                var keys = batch
                    .Where(request => applications.GetValueOrDefault(request.Application) == application.Key)
                    .Select(request => endpoint.OrderingKeyOf(request.OrderingKey)!)
                    .Distinct(StringComparer.Ordinal);
                busy.UnionWith(keys.Where(key => IsBusy(endpoint.EndpointId, key)).Select(key => (endpoint.EndpointId, key)));
            }
        }

        return busy;
    }

    private bool IsBusy(EndpointId endpoint, string key)
    {
        using var rows = _statements.Query(SelectBusyKey, endpoint.ToBytes(), key);
        return rows.Read();
    }

    private HashSet<(ApplicationId, string)> ReadTakenEventIds(IReadOnlyList<PublishRequest> batch, Dictionary<string, ApplicationId> applications)
    {
        var taken = new HashSet<(ApplicationId, string)>();
        foreach (var request in batch)
        {
            if (request.EventId is { } eventId && applications.TryGetValue(request.Application, out var application)
                && IsTaken(application, eventId))
                taken.Add((application, eventId));
        }

        return taken;
    }

    private bool IsTaken(ApplicationId application, string eventId)
    {
        using var rows = _statements.Query(SelectEventId, application.ToBytes(), eventId);
        return rows.Read();
    }

    private bool IsOnRecord(MessageId id)
    {
        using var rows = _statements.Query(SelectMessage, id.ToBytes());
        return rows.Read();
    }

    private Dictionary<(ApiKeyId, string), AnsweredPublish> ReadAnswered(IReadOnlyList<PublishRequest> batch)
    {
        var answered = new Dictionary<(ApiKeyId, string), AnsweredPublish>();
        foreach (var claim in batch.Select(request => request.Idempotency).OfType<IdempotencyClaim>().Distinct())
        {
            using var rows = _statements.Query(SelectIdempotencyRecord, claim.ApiKeyId.ToBytes(), claim.Key);
            if (rows.Read())
                answered[(claim.ApiKeyId, claim.Key)] = new AnsweredPublish(
                    rows.GetBytes(0), PublishedAnswer.Read(rows.GetInt32(1), rows.GetBytes(2)), UnixMicroseconds.ToTime(rows.GetInt64(3)));
        }

        return answered;
    }

    private void Insert(Message message) => _statements.Execute(
        InsertMessage, message.Id.ToBytes(), message.ApplicationId.ToBytes(), message.EventType, message.EventId,
        message.Channels is null ? null : JsonSerializer.Serialize(message.Channels), message.TraceParent,
        message.CreatedAt.ToUnixMicroseconds(), message.OrderingKey);

    private void Insert(Delivery delivery) => _statements.Execute(
        InsertDelivery, delivery.Id.ToBytes(), delivery.MessageId.ToBytes(), delivery.EndpointId.ToBytes(), delivery.ReplayNumber,
        (int)delivery.TriggerType, delivery.Sequence, delivery.DueAt.ToUnixMicroseconds(), delivery.CreatedAt.ToUnixMicroseconds(),
        (int)delivery.State, delivery.OrderingKey, delivery.FinishedAt?.ToUnixMicroseconds());

    private void Insert(IdempotencyRecord record) => _statements.Execute(
        InsertIdempotencyRecord, record.ApiKeyId.ToBytes(), record.IdempotencyKey, record.RequestHash, record.StatusCode, record.Answer,
        record.ExpiresAt.ToUnixMicroseconds());
}

using Npgsql;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// What commit 1 decides by, in two round trips: whom the batch may concern, and then, with their lanes locked, what is so now.
/// </summary>
internal sealed class OutboxReadSql(PostgreSqlTransaction transaction, IReadOnlyList<PublishRequest> batch)
{
    // $1 ids, $2 uids. Nothing is locked yet: of an application's thousand lanes a batch may concern three. OFFSET 0 keeps the planner from
    // joining all endpoints: those of each application are looked up.
    public const string SelectSubscriptions = """
        SELECT a.id, a.uid, e.id, e.event_types, e.channels, e.ordered, e.filter
        FROM applications a
        LEFT JOIN LATERAL (
            SELECT id, event_types, channels, ordered, filter FROM endpoints WHERE application_id = a.id AND deleted_at IS NULL OFFSET 0) e ON true
        WHERE (a.id = ANY($1) OR a.uid = ANY($2)) AND a.deleted_at IS NULL
        """;

    // In the order of ids, as everywhere: whoever waits for a lane holds none that comes after it.
    public const string LockLanes = "SELECT 1 FROM lanes WHERE endpoint_id = ANY($1) ORDER BY endpoint_id FOR UPDATE";

    // A statement of its own, so that it sees what was committed while the locks were waited for: other nodes' deliveries are counted, and
    // an endpoint that was deleted is left out. Deleting one locks its lane, too, so none can be deleted from here on.
    public const string SelectLanes = """
        SELECT endpoint_id, last_sequence FROM lanes
        WHERE endpoint_id = ANY($1) AND (SELECT deleted_at IS NULL FROM endpoints WHERE id = lanes.endpoint_id)
        """;

    // After the locks, too: whoever ends a delivery locks the lane before it looks for the next of the key (RecordSql). So either it has
    // ended here already, or it finds what is queued now.
    public const string SelectBusyKeys = """
        SELECT wanted.endpoint_id, wanted.ordering_key
        FROM unnest($1::uuid[], $2::text[]) AS wanted(endpoint_id, ordering_key)
        CROSS JOIN LATERAL (
            SELECT 1 FROM deliveries d
            WHERE d.endpoint_id = wanted.endpoint_id AND d.ordering_key = wanted.ordering_key AND d.state IN (0, 1) LIMIT 1) busy
        """;

    // LATERAL with a limit: looked up one by one in the index, where a plain join might be planned as a scan of all messages.
    public const string SelectTakenEventIds = """
        SELECT wanted.application_id, wanted.event_id
        FROM unnest($1::uuid[], $2::text[]) AS wanted(application_id, event_id)
        CROSS JOIN LATERAL (
            SELECT 1 FROM messages m WHERE m.application_id = wanted.application_id AND m.event_id = wanted.event_id LIMIT 1) taken
        """;

    public const string SelectIdempotencyRecords = """
        SELECT wanted.api_key_id, wanted.idempotency_key, known.request_hash, known.status_code, known.answer, known.expires_at
        FROM unnest($1::uuid[], $2::text[]) AS wanted(api_key_id, idempotency_key)
        CROSS JOIN LATERAL (
            SELECT r.request_hash, r.status_code, r.answer, r.expires_at FROM idempotency_records r
            WHERE r.api_key_id = wanted.api_key_id AND r.idempotency_key = wanted.idempotency_key LIMIT 1) known
        """;

    private readonly Dictionary<string, ApplicationId> _applications = new(StringComparer.Ordinal);

    public async Task<OutboxSnapshot> RunAsync(CancellationToken cancellationToken)
    {
        var subscriptions = await ReadSubscriptionsAsync(cancellationToken);
        var requests = batch.Where(request => _applications.ContainsKey(request.Application))
            .ToLookup(request => _applications[request.Application]);
        var matching = subscriptions
            .Where(found => requests[found.Application].Any(r => found.Subscription.Matches(r.EventType, r.Channels))).ToList();
        var keys = matching
            .Where(found => found.Subscription.Ordered)
            .SelectMany(found => requests[found.Application].Select(
                request => (found.Subscription.EndpointId, Key: found.Subscription.OrderingKeyOf(request.OrderingKey)!)))
            .ToHashSet();
        return await ReadUnderLocksAsync(matching, keys, cancellationToken);
    }

    private async Task<List<Found>> ReadSubscriptionsAsync(CancellationToken cancellationToken)
    {
        var names = batch.Select(request => request.Application).ToHashSet(StringComparer.Ordinal);
        var isId = names.ToLookup(name => IdText.TryParse<ApplicationId>(name, out _));
        await using var query = transaction.NewBatch().Add(SelectSubscriptions, isId[true].Select(UuidOf).ToArray(), isId[false].ToArray());
        await using var reader = await query.QueryAsync(cancellationToken);

        var found = new List<Found>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var application = reader.GetId<ApplicationId>(0);
            foreach (var name in new[] { application.ToString(), reader.GetStringOrNull(1) }.OfType<string>().Where(names.Contains))
                _applications[name] = application;
            if (!reader.IsDBNull(2))
                found.Add(new Found(application, ReadSubscription(reader)));
        }

        return found;
    }

    private async Task<OutboxSnapshot> ReadUnderLocksAsync(
        List<Found> matching, HashSet<(EndpointId Id, string Key)> keys, CancellationToken cancellationToken)
    {
        var endpoints = matching.Column(found => found.Subscription.EndpointId.ToUuid());
        var events = batch.Where(request => request.EventId is not null && _applications.ContainsKey(request.Application)).ToList();
        var claims = batch.Select(request => request.Idempotency).OfType<IdempotencyClaim>().Distinct().ToList();
        await using var query = transaction.NewBatch()
            .Add(LockLanes, endpoints)
            .Add(SelectLanes, endpoints)
            .Add(SelectBusyKeys, keys.Column(key => key.Id.ToUuid()), keys.Column(key => key.Key))
            .Add(SelectTakenEventIds, events.Column(e => _applications[e.Application].ToUuid()), events.Column(e => e.EventId!))
            .Add(SelectIdempotencyRecords, claims.Column(c => c.ApiKeyId.ToUuid()), claims.Column(c => c.Key));
        await using var reader = await query.QueryAsync(cancellationToken);

        await reader.NextResultAsync(cancellationToken);
        var lanes = (await reader.ReadListAsync(row => (Id: row.GetId<EndpointId>(0), LastSequence: row.GetInt64(1)), cancellationToken))
            .ToDictionary(lane => lane.Id, lane => lane.LastSequence);
        var busy = await reader.ReadListAsync(row => (row.GetId<EndpointId>(0), row.GetString(1)), cancellationToken);
        var taken = await reader.ReadListAsync(row => (row.GetId<ApplicationId>(0), row.GetString(1)), cancellationToken);
        var answered = await reader.ReadListAsync(ReadAnswered, cancellationToken);
        return new OutboxSnapshot(
            _applications,
            matching.Where(found => lanes.ContainsKey(found.Subscription.EndpointId)).ToLookup(
                found => found.Application, found => found.Subscription with { LastSequence = lanes[found.Subscription.EndpointId] }),
            taken.ToHashSet(),
            answered.DistinctBy(pair => pair.Key).ToDictionary())
        {
            BusyKeys = busy.ToHashSet(),
        };
    }

    private static Guid UuidOf(string name) => IdText.TryParse<ApplicationId>(name, out var id) ? id.ToUuid() : default;

    private static Subscription ReadSubscription(NpgsqlDataReader row) =>
        new(row.GetId<EndpointId>(2), row.GetJsonListOrNull<string>(3), row.GetJsonListOrNull<string>(4), LastSequence: 0)
        {
            Ordered = row.GetBoolean(5),
            Filter = row.GetStringOrNull(6),
        };

    private static KeyValuePair<(ApiKeyId, string), AnsweredPublish> ReadAnswered(NpgsqlDataReader row) => new(
        (row.GetId<ApiKeyId>(0), row.GetString(1)),
        new AnsweredPublish(row.GetBytes(2), PublishedAnswer.Read(row.GetInt32(3), row.GetBytes(4)), row.GetTime(5)));

    private sealed record Found(ApplicationId Application, Subscription Subscription);
}

using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.SqlServer;

/// <summary>Commit 1, what it reads: three round trips, whatever the size of the batch.</summary>
internal sealed class OutboxSnapshotSql(SqlServerStatements statements, IReadOnlyList<PublishRequest> batch)
{
    // A uid, an eventId and an idempotency key have 256 characters at most. OPENJSON would cut what is longer to something that may exist.
    private const int LongestKey = 256;

    public const string SelectApplications = """
        SELECT a.id
        FROM OPENJSON(@ids) WITH (id char(32) '$') AS k
        JOIN applications AS a ON a.id = CONVERT(binary(16), k.id, 2)
        WHERE a.deleted_at IS NULL;

        """;

    // In these, what a unique index is filtered by is said again: only then may it be used. The collation is that of the columns; what
    // comes out of OPENJSON has the database's.
    public const string SelectApplicationsByUid = """
        SELECT a.id, a.uid
        FROM OPENJSON(@uids) WITH (uid nvarchar(256) '$') AS k
        JOIN applications AS a ON a.uid = k.uid COLLATE Latin1_General_100_BIN2
        WHERE a.uid IS NOT NULL AND a.deleted_at IS NULL;

        """;

    public const string SelectIdempotencyRecords = """
        SELECT r.api_key_id, r.idempotency_key, r.request_hash, r.status_code, r.answer, r.expires_at
        FROM OPENJSON(@keys) WITH (api_key_id char(32), idempotency_key nvarchar(256)) AS k
        JOIN idempotency_records AS r ON r.api_key_id = CONVERT(binary(16), k.api_key_id, 2)
            AND r.idempotency_key = k.idempotency_key COLLATE Latin1_General_100_BIN2;

        """;

    public const string SelectEndpoints = """
        SELECT e.application_id, e.id, e.event_types, e.channels, e.ordered, e.filter
        FROM OPENJSON(@applications) WITH (id char(32) '$') AS k
        JOIN endpoints AS e ON e.application_id = CONVERT(binary(16), k.id, 2)
        WHERE e.deleted_at IS NULL;

        """;

    public const string SelectEventIds = """
        SELECT m.application_id, m.event_id
        FROM OPENJSON(@events) WITH (application_id char(32), event_id nvarchar(256)) AS k
        JOIN messages AS m ON m.application_id = CONVERT(binary(16), k.application_id, 2)
            AND m.event_id = k.event_id COLLATE Latin1_General_100_BIN2
        WHERE m.event_id IS NOT NULL;

        """;

    // Under the locks: what other nodes added to these lanes until then is seen, and an endpoint that was deleted meanwhile is not.
    public const string SelectLanes = """
        SELECT l.endpoint_id, l.last_sequence
        FROM OPENJSON(@lanes) WITH (id char(32) '$') AS k
        JOIN lanes AS l ON l.endpoint_id = CONVERT(binary(16), k.id, 2)
        JOIN endpoints AS e ON e.id = l.endpoint_id
        WHERE e.deleted_at IS NULL;

        """;

    // After the locks, too, and a statement of its own, which sees what was committed while they were waited for: whoever ends a delivery
    // locks the lane before it looks for the next of the key (RecordSql). So either it has ended here already, or it finds what is queued
    // now. FORCESEEK: read are these keys' rows alone, whatever the statistics say.
    public const string SelectBusyKeys = """
        SELECT busy.endpoint_id, busy.ordering_key
        FROM OPENJSON(@ordering_keys) WITH (endpoint_id char(32), ordering_key nvarchar(256)) AS k
        CROSS APPLY (
            SELECT TOP (1) d.endpoint_id, d.ordering_key
            FROM deliveries AS d WITH (FORCESEEK)
            WHERE d.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2)
                AND d.ordering_key = k.ordering_key COLLATE Latin1_General_100_BIN2
                AND d.ordering_key IS NOT NULL AND d.state IN (0, 1)) AS busy;
        """;

    // What goes in one round trip.
    private const string SelectNamed = SelectApplications + SelectApplicationsByUid + SelectIdempotencyRecords;
    private const string SelectOfApplications = SelectEndpoints + SelectEventIds;
    private const string SelectLockedLanes = LaneSql.Lock + SelectLanes;
    private const string SelectLockedLanesAndBusyKeys = SelectLockedLanes + SelectBusyKeys;

    private readonly Dictionary<string, ApplicationId> _applications = new(StringComparer.Ordinal);
    private readonly Dictionary<(ApiKeyId, string), AnsweredPublish> _answered = [];
    private readonly List<(ApplicationId Application, Subscription Subscription)> _matching = [];
    private readonly HashSet<(EndpointId Endpoint, string Key)> _orderingKeys = [];
    private readonly HashSet<(EndpointId, string)> _busyKeys = [];
    private readonly HashSet<(ApplicationId, string)> _takenEventIds = [];

    public async Task<OutboxSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await ReadNamedAsync(cancellationToken);
        await ReadApplicationsAsync(cancellationToken);
        var lastSequences = await LockLanesAsync(cancellationToken);

        var subscriptions = _matching
            .Where(pair => lastSequences.ContainsKey(pair.Subscription.EndpointId))
            .ToLookup(
                pair => pair.Application,
                pair => pair.Subscription with { LastSequence = lastSequences[pair.Subscription.EndpointId] });
        return new OutboxSnapshot(_applications, subscriptions, _takenEventIds, _answered) { BusyKeys = _busyKeys };
    }

    private async Task ReadNamedAsync(CancellationToken cancellationToken)
    {
        var (ids, uids) = (new List<string>(), new List<string>());
        foreach (var name in batch.Select(request => request.Application).Distinct(StringComparer.Ordinal))
        {
            if (IdText.TryParse<ApplicationId>(name, out var id))
                ids.Add(id.ToHex());
            else if (name.Length <= LongestKey)
                uids.Add(name);
        }

        var keys = batch.Select(request => request.Idempotency).OfType<IdempotencyClaim>()
            .Select(claim => new { ApiKeyId = claim.ApiKeyId.ToHex(), IdempotencyKey = claim.Key }).Distinct();
        await using var rows = await statements.QueryAsync(
            SelectNamed, cancellationToken,
            ("@ids", SqlServerJson.Rows(ids)), ("@uids", SqlServerJson.Rows(uids)), ("@keys", SqlServerJson.Rows(keys)));

        while (await rows.ReadAsync(cancellationToken))
            _applications[rows.GetId<ApplicationId>(0).ToString()] = rows.GetId<ApplicationId>(0);
        await rows.NextQueryAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            _applications[rows.GetString(1)] = rows.GetId<ApplicationId>(0);
        await rows.NextQueryAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            _answered[(rows.GetId<ApiKeyId>(0), rows.GetString(1))] = new AnsweredPublish(
                rows.GetBytes(2), PublishedAnswer.Read(rows.GetInt32(3), rows.GetBytes(4)), rows.GetTime(5));
        }
    }

    private async Task ReadApplicationsAsync(CancellationToken cancellationToken)
    {
        var requests = batch.Where(request => _applications.ContainsKey(request.Application))
            .ToLookup(request => _applications[request.Application]);
        var events = batch.Where(request => request.EventId is not null && _applications.ContainsKey(request.Application))
            .Select(request => new { ApplicationId = _applications[request.Application].ToHex(), request.EventId }).Distinct();
        await using var rows = await statements.QueryAsync(
            SelectOfApplications, cancellationToken,
            ("@applications", SqlServerJson.Rows(requests.Select(group => group.Key.ToHex()))), ("@events", SqlServerJson.Rows(events)));

        while (await rows.ReadAsync(cancellationToken))
        {
            var (application, subscription) = (rows.GetId<ApplicationId>(0), ReadSubscription(rows));
            Match(application, subscription, requests[application]);
        }

        await rows.NextQueryAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            _takenEventIds.Add((rows.GetId<ApplicationId>(0), rows.GetString(1)));
    }

    private static Subscription ReadSubscription(SqlServerRows rows) => new(
        rows.GetId<EndpointId>(1), rows.GetJsonListOrNull<string>(2), rows.GetJsonListOrNull<string>(3), LastSequence: 0)
    {
        Ordered = rows.GetBoolean(4),
        Filter = rows.GetStringOrNull(5),
    };

    // Only lanes that get something are locked: a claim passes over locked ones, and this application's others must go on.
    private void Match(ApplicationId application, Subscription subscription, IEnumerable<PublishRequest> requests)
    {
        var matching = requests.Where(request => subscription.Matches(request.EventType, request.Channels)).ToList();
        if (matching.Count == 0)
            return;

        _matching.Add((application, subscription));
        var keys = matching.Select(request => subscription.OrderingKeyOf(request.OrderingKey)).OfType<string>();
        _orderingKeys.UnionWith(keys.Select(key => (subscription.EndpointId, key)));
    }

    private async Task<Dictionary<EndpointId, long>> LockLanesAsync(CancellationToken cancellationToken)
    {
        var lastSequences = new Dictionary<EndpointId, long>();
        if (_matching.Count == 0)
            return lastSequences;

        var lanes = _matching.Select(pair => pair.Subscription.EndpointId).Order().Select(id => id.ToHex());
        var keys = _orderingKeys.Select(key => new { EndpointId = key.Endpoint.ToHex(), OrderingKey = key.Key });
        await using var rows = await statements.QueryAsync(
            _orderingKeys.Count > 0 ? SelectLockedLanesAndBusyKeys : SelectLockedLanes, cancellationToken,
            ("@lanes", SqlServerJson.Rows(lanes)), ("@ordering_keys", SqlServerJson.Rows(keys)));
        await rows.NextQueryAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            lastSequences[rows.GetId<EndpointId>(0)] = rows.GetInt64(1);
        await rows.NextQueryAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            _busyKeys.Add((rows.GetId<EndpointId>(0), rows.GetString(1)));
        return lastSequences;
    }
}

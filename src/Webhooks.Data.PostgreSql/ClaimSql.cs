using Npgsql;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// Commit 2, in three round trips: lock ready lanes, read what is due in them, write what was decided. Its work is bounded by the lanes and
/// rows it takes, whatever waits elsewhere.
/// </summary>
internal sealed class ClaimSql(PostgreSqlTransaction transaction, ClaimRequest request)
{
    // $1 whether probes may be taken.
    public const string SelectNextReady = """
        SELECT endpoint_id, ready_at FROM lanes
        WHERE ready_at IS NOT NULL AND (in_flight_limit > 1 OR $1)
        ORDER BY ready_at, paced_until NULLS FIRST
        LIMIT 1
        """;

    public const string WaitForLane = "SELECT 1 FROM lanes WHERE endpoint_id = $1 FOR UPDATE";

    // A lane that was served with more left gets ready_at = that claim's time, so this order is least recently served first; lanes that
    // their application's rate made wait become ready at the same time, and there paced_until says which was served last. Alone, before any
    // join: so the limit bounds what is read and locked, whatever the planner thinks of the other tables.
    public const string LockReadyLanes = """
        WITH ready AS (
            SELECT endpoint_id, application_id, in_flight, in_flight_limit, ready_at, paced_until, release_rate FROM lanes
            WHERE ready_at <= $1 AND (in_flight_limit > 1 OR $3)
            ORDER BY ready_at, paced_until NULLS FIRST
            LIMIT $2
            FOR UPDATE SKIP LOCKED
        )
        SELECT l.endpoint_id, l.in_flight, l.in_flight_limit, l.paced_until, e.throttle_rate, l.application_id, a.throttle_rate IS NOT NULL,
               e.url, e.protected_headers, e.retry_schedule, e.unknown_outcome_policy, e.max_in_flight, e.attempt_timeout, e.park_after,
               l.release_rate, e.ordered, e.receipt_url
        FROM ready l
        JOIN endpoints e ON e.id = l.endpoint_id
        JOIN applications a ON a.id = l.application_id
        ORDER BY l.ready_at, l.paced_until NULLS FIRST
        """;

    // In the order of ids, and only by those who hold lanes already: nobody waits for a lane while holding a pace.
    public const string LockPaces = "SELECT id, throttle_rate, paced_until FROM applications WHERE id = ANY($1) ORDER BY id FOR UPDATE";

    public const string SelectSecrets = """
        SELECT endpoint_id, protected FROM endpoint_secrets
        WHERE endpoint_id = ANY($1) AND (expires_at IS NULL OR expires_at > $2)
        ORDER BY created_at DESC
        """;

    // $2 how many of each lane: one more than may be taken, because the first one left behind says when the lane is ready next. $3, which
    // no lane exceeds, is for the planner: a limit that it knows makes it walk the index and never gather and sort a lane. $4 how many of
    // each lane's newest, that are due ($5) and behind those: from the index's other end, and none where the lane has no more. Message and
    // payload are looked up for each row, where a join might be planned as a scan of all. The length of a payload is in its row: it is not
    // read.
    public const string SelectWaiting = """
        SELECT d.endpoint_id, d.due_at, d.id, d.message_id, d.sequence, d.attempts, d.failures, d.own_faults, d.last_outcome,
               d.trigger_type,
               (SELECT m.trace_parent FROM messages m WHERE m.id = d.message_id),
               coalesce((SELECT octet_length(coalesce(p.raw_body, p.body)) FROM message_payloads p WHERE p.message_id = d.message_id), 0),
               d.ordering_key, d.replay_number
        FROM unnest($1::uuid[], $2::int[], $4::int[]) AS lane(endpoint_id, rows, fresh)
        CROSS JOIN LATERAL (
            (SELECT * FROM (
                SELECT * FROM deliveries WHERE endpoint_id = lane.endpoint_id AND state = 0 ORDER BY due_at, id LIMIT $3) first
            LIMIT lane.rows)
            UNION ALL
            (SELECT * FROM (
                SELECT * FROM deliveries
                WHERE endpoint_id = lane.endpoint_id AND state = 0 AND due_at <= $5 AND due_at > (
                    SELECT due_at FROM (
                        SELECT due_at FROM deliveries WHERE endpoint_id = lane.endpoint_id AND state = 0 ORDER BY due_at, id LIMIT $3) first
                    OFFSET lane.rows - 1 LIMIT 1)
                ORDER BY due_at DESC, id DESC LIMIT $3) last
            LIMIT lane.fresh)) d
        ORDER BY d.due_at, d.id
        """;

    // Which lanes have deliveries that are queued behind others of their key.
    public const string SelectQueued = """
        SELECT lane.endpoint_id
        FROM unnest($1::uuid[]) AS lane(endpoint_id)
        CROSS JOIN LATERAL (SELECT 1 FROM deliveries WHERE endpoint_id = lane.endpoint_id AND state = 7 LIMIT 1) queued
        """;

    // One statement, so that a lane's count is that of the rows leased, also where one of them was canceled a moment ago. "state + 0" keeps
    // the planner from reading the index of all waiting rows beside that of the ids.
    public const string Lease = """
        WITH leased AS (
            UPDATE deliveries SET state = 1, attempts = attempts + 1, lease_token = $2, leased_until = $3, leased_by = $4
            WHERE id = ANY($1) AND state + 0 = 0
            RETURNING id, endpoint_id
        ), moved AS (
            UPDATE lanes l SET
                in_flight = l.in_flight + (SELECT count(*) FROM leased WHERE leased.endpoint_id = l.endpoint_id),
                ready_at = move.ready_at, saturated = move.saturated, paced_until = move.paced_until, release_rate = move.release_rate
            FROM unnest($5::uuid[], $6::bigint[], $7::boolean[], $8::bigint[], $9::int[])
                AS move(endpoint_id, ready_at, saturated, paced_until, release_rate)
            WHERE l.endpoint_id = move.endpoint_id
        )
        SELECT id FROM leased
        """;

    public const string PaceApplications = """
        UPDATE applications a SET paced_until = pace.until
        FROM unnest($1::uuid[], $2::bigint[]) AS pace(id, until)
        WHERE a.id = pace.id
        """;

    private const string SelectPayloads = "SELECT message_id, coalesce(raw_body, body) FROM message_payloads WHERE message_id = ANY($1)";

    private readonly long _now = request.Now.ToUnixMicroseconds();

    /// <summary>The lane that is ready first was locked by somebody else.</summary>
    public bool HasPassedOver { get; private set; }

    /// <summary>The lane that is ready first after this claim, as it committed; null for none.</summary>
    public NextLane? Next { get; private set; }

    /// <param name="first">The lane that is ready first.</param>
    /// <param name="mustWait">Whether to wait for it where it is locked, instead of serving the others.</param>
    public async Task<Claim> RunAsync(NextLane first, bool mustWait, CancellationToken cancellationToken)
    {
        var lanes = await LockLanesAsync(mustWait ? first.EndpointId : null, cancellationToken);
        if (lanes.Count == 0 && !mustWait)
            lanes = await LockLanesAsync(first.EndpointId, cancellationToken); // all are locked: queue up rather than come again at once

        HasPassedOver = lanes.TrueForAll(lane => lane.EndpointId != first.EndpointId);
        return await WriteAsync(await PlanAsync(lanes, cancellationToken), cancellationToken);
    }

    /// <param name="wait">A lane to be waited for; while nothing else is locked, so nobody waits for this transaction meanwhile.</param>
    private async Task<List<ReadyLane>> LockLanesAsync(EndpointId? wait, CancellationToken cancellationToken)
    {
        await using var batch = transaction.NewBatch();
        if (wait is { } endpoint)
            batch.Add(WaitForLane, endpoint.ToUuid());
        batch.Add(LockReadyLanes, _now, ClaimRequest.MaxLanes, request.MaxProbes > 0);
        await using var reader = await batch.QueryAsync(cancellationToken);
        if (wait is not null)
            await reader.NextResultAsync(cancellationToken);
        return await reader.ReadListAsync(ReadLane, cancellationToken);
    }

    private async Task<ClaimPlan> PlanAsync(List<ReadyLane> lanes, CancellationToken cancellationToken)
    {
        // The paces are read together with the rows that they may keep back: until then a lane might give what it could without them.
        var paces = new Dictionary<ApplicationId, Pace>();
        var plan = new ClaimPlan(request, paces);
        var endpoints = lanes.Column(lane => lane.EndpointId.ToUuid());
        var paced = lanes.Where(lane => lane.ApplicationHasRate).Select(lane => lane.ApplicationId).Distinct().ToList();
        await using var batch = transaction.NewBatch()
            .Add(LockPaces, paced.Column(id => id.ToUuid()))
            .Add(SelectSecrets, endpoints, _now)
            .Add(SelectQueued, lanes.Where(lane => lane.ReleaseRate is not null).Select(lane => lane.EndpointId.ToUuid()).ToArray())
            .Add(
                SelectWaiting, endpoints, lanes.Column(lane => plan.MostOf(lane) + 1), ClaimRequest.MaxPerLane + 1,
                lanes.Column(plan.FreshOf), _now);
        await using var reader = await batch.QueryAsync(cancellationToken);

        foreach (var (application, pace) in await reader.ReadListAsync(ReadPace, cancellationToken))
            paces[application] = pace;
        var secrets = (await reader.ReadListAsync(row => (Id: row.GetId<EndpointId>(0), Secret: row.GetBytes(1)), cancellationToken))
            .ToLookup(row => row.Id, row => row.Secret);
        var queued = (await reader.ReadListAsync(row => row.GetId<EndpointId>(0), cancellationToken)).ToHashSet();
        var waiting = (await reader.ReadListAsync(ReadWaiting, cancellationToken)).ToLookup(row => row.EndpointId);

        foreach (var lane in lanes)
            plan.Serve(lane, [.. waiting[lane.EndpointId]], [.. secrets[lane.EndpointId]], queued.Contains(lane.EndpointId));
        return plan;
    }

    private async Task<Claim> WriteAsync(ClaimPlan plan, CancellationToken cancellationToken)
    {
        var probes = plan.Claimed.Count(delivery => delivery.IsProbe);
        await using var batch = transaction.NewBatch()
            .Add(
                Lease,
                plan.Claimed.Column(d => d.Request.DeliveryId.ToUuid()), request.LeaseToken, request.LeasedUntil.ToUnixMicroseconds(),
                request.Node, plan.Moves.Column(m => m.EndpointId.ToUuid()), plan.Moves.Column(m => m.ReadyAt?.ToUnixMicroseconds()),
                plan.Moves.Column(m => m.Saturated), plan.Moves.Column(m => m.PacedUntil?.ToUnixMicroseconds()),
                plan.Moves.Column(m => m.ReleaseRate))
            .Add(PaceApplications, plan.Paced.Column(p => p.Key.ToUuid()), plan.Paced.Column(p => p.Value.Until?.ToUnixMicroseconds()))
            .Commit()
            .Add(SelectPayloads, plan.Claimed.Select(d => d.Request.MessageId.ToUuid()).Distinct().ToArray())
            .Add(SelectNextReady, request.MaxProbes > probes);
        await using var reader = await batch.QueryAsync(cancellationToken);

        var leased = (await reader.ReadListAsync(row => row.GetId<DeliveryId>(0), cancellationToken)).ToHashSet();
        var payloads = (await reader.ReadListAsync(row => (Id: row.GetId<MessageId>(0), Payload: row.GetBytes(1)), cancellationToken))
            .ToDictionary(row => row.Id, row => row.Payload);
        Next = (await reader.ReadListAsync(ReadNext, cancellationToken)).FirstOrDefault();
        var claimed = plan.Claimed.Where(delivery => leased.Contains(delivery.Request.DeliveryId))
            .Select(d => d with { Request = d.Request with { Payload = payloads.GetValueOrDefault(d.Request.MessageId) } });
        return new Claim([.. claimed], Next?.ReadyAt) { OutOfBytes = plan.OutOfBytes };
    }

    public static NextLane ReadNext(NpgsqlDataReader row) => new(row.GetId<EndpointId>(0), row.GetTime(1));

    private ReadyLane ReadLane(NpgsqlDataReader row)
    {
        var maxInFlight = row.GetInt32OrNull(11) ?? request.DefaultMaxInFlight;
        return new ReadyLane(
            EndpointId: row.GetId<EndpointId>(0),
            ApplicationId: row.GetId<ApplicationId>(5),
            ApplicationHasRate: row.GetBoolean(6),
            IsProbe: row.GetInt32(2) <= 1,
            Free: Math.Min(row.GetInt32(2), maxInFlight) - row.GetInt32(1),
            IsOrdered: row.GetBoolean(15),
            Pace: new Pace(row.GetInt32OrNull(4), row.GetTimeOrNull(3)).AtMost(row.GetInt32OrNull(14)),
            Url: row.GetString(7),
            ProtectedHeaders: row.GetBytesOrNull(8),
            AttemptTimeout: row.GetDurationOrNull(12),
            ReleaseRate: row.GetInt32OrNull(14),
            Policy: new RetryPolicy(row.GetJsonListOrNull<TimeSpan>(9), (UnknownOutcomePolicy)row.GetInt32(10), maxInFlight)
            {
                ParkAfter = row.GetInt32OrNull(13),
                ReceiptUrl = row.GetStringOrNull(16),
            });
    }

    private static (ApplicationId Application, Pace Pace) ReadPace(NpgsqlDataReader row) =>
        (row.GetId<ApplicationId>(0), new Pace(row.GetInt32OrNull(1), row.GetTimeOrNull(2)));

    private static WaitingRow ReadWaiting(NpgsqlDataReader row) => new(
        row.GetId<EndpointId>(0), row.GetTime(1), row.GetId<DeliveryId>(2), row.GetId<MessageId>(3), row.GetInt64(4), row.GetInt32(5),
        row.GetInt32(6), row.GetInt32(7), (AttemptOutcome?)row.GetInt32OrNull(8), (AttemptTrigger)row.GetInt32(9), row.GetStringOrNull(10),
        row.GetInt32(11), row.GetStringOrNull(12), row.GetInt32(13));
}

/// <summary>The lane that is ready first, and since or from when.</summary>
internal sealed record NextLane(EndpointId EndpointId, DateTimeOffset ReadyAt);

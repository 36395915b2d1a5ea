using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Data.SqlServer;

/// <summary>
/// Commit 2: one transaction, whose work is bounded by the lanes and rows it takes, whatever waits elsewhere. What another transaction
/// holds is passed over and keeps its turn. READCOMMITTEDLOCK is what READPAST needs where READ_COMMITTED_SNAPSHOT is on.
/// </summary>
internal sealed class ClaimSql(SqlServerStatements statements, ClaimRequest request)
{
    // Without a lock: only whether it pays to begin.
    public const string SelectNextReady = """
        SELECT TOP (1) l.endpoint_id, l.ready_at
        FROM lanes AS l WITH (INDEX(ix_lanes_ready))
        WHERE l.ready_at IS NOT NULL AND (l.in_flight_limit > 1 OR @may_probe = 1)
        ORDER BY l.ready_at, l.paced_until;
        """;

    public const string WaitForLane = """
        SELECT l.endpoint_id FROM lanes AS l WITH (UPDLOCK, ROWLOCK) WHERE l.endpoint_id = CONVERT(binary(16), @lane, 2);
        """;

    // A lane that was served with more left gets ready_at = that claim's time, so this order is least recently served first; lanes that
    // their application's rate made wait become ready at the same time, and there paced_until says which was served last. From here to
    // the commit the lane's row is this claim's: nobody else claims from it, and no new delivery comes into it.
    public const string SelectReadyLanes = """
        SELECT l.endpoint_id, l.application_id, l.in_flight, l.in_flight_limit, l.paced_until, e.throttle_rate, a.throttle_rate,
               e.url, e.protected_headers, e.retry_schedule, e.unknown_outcome_policy, e.max_in_flight, e.attempt_timeout, e.park_after,
               l.release_rate, e.ordered, e.receipt_url
        FROM (
            SELECT TOP (@max_lanes) r.endpoint_id, r.application_id, r.in_flight, r.in_flight_limit, r.ready_at, r.paced_until,
                   r.release_rate
            FROM lanes AS r WITH (UPDLOCK, READPAST, READCOMMITTEDLOCK, ROWLOCK, INDEX(ix_lanes_ready))
            WHERE r.ready_at IS NOT NULL AND r.ready_at <= @now AND (r.in_flight_limit > 1 OR @may_probe = 1)
            ORDER BY r.ready_at, r.paced_until) AS l
        JOIN endpoints AS e ON e.id = l.endpoint_id
        JOIN applications AS a ON a.id = l.application_id
        ORDER BY l.ready_at, l.paced_until;
        """;

    // An application's rate holds over all its lanes and so over all nodes: whoever serves it holds its row.
    public const string LockApplications = """
        SELECT a.id, a.throttle_rate, a.paced_until
        FROM OPENJSON(@applications) WITH (id char(32) '$') AS k
        INNER LOOP JOIN applications AS a WITH (UPDLOCK, READPAST, READCOMMITTEDLOCK, ROWLOCK) ON a.id = CONVERT(binary(16), k.id, 2);
        """;

    // One row more than is taken: the first one left behind says when the lane is ready next. Beside them the newest that are due, from the
    // index's other end; which of the two a row comes from does not matter, and one that is both comes once. A row that is locked just now
    // is passed over: whoever makes it wait moves the lane in the same transaction, after this one. The payload itself is not read.
    public const string SelectWaiting = """
        SELECT w.endpoint_id, w.due_at, w.id, w.message_id, w.sequence, w.attempts, w.failures, w.own_faults, w.last_outcome,
               w.trigger_type, m.trace_parent, COALESCE(DATALENGTH(p.raw_body), DATALENGTH(p.body), 0), w.ordering_key,
               w.replay_number
        FROM OPENJSON(@lanes) WITH (endpoint_id char(32), take int, fresh int) AS k
        CROSS APPLY (
            SELECT oldest.*
            FROM (
                SELECT TOP (k.take) d.endpoint_id, d.due_at, d.id, d.message_id, d.sequence, d.attempts, d.failures, d.own_faults,
                       d.last_outcome, d.trigger_type, d.ordering_key, d.replay_number
                FROM deliveries AS d WITH (UPDLOCK, READPAST, READCOMMITTEDLOCK, ROWLOCK, INDEX(ix_deliveries_waiting))
                WHERE d.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2) AND d.state = 0
                ORDER BY d.due_at, d.id) AS oldest
            UNION
            SELECT newest.*
            FROM (
                SELECT TOP (k.fresh) d.endpoint_id, d.due_at, d.id, d.message_id, d.sequence, d.attempts, d.failures, d.own_faults,
                       d.last_outcome, d.trigger_type, d.ordering_key, d.replay_number
                FROM deliveries AS d WITH (UPDLOCK, READPAST, READCOMMITTEDLOCK, ROWLOCK, INDEX(ix_deliveries_waiting))
                WHERE d.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2) AND d.state = 0 AND d.due_at <= @now
                ORDER BY d.due_at DESC, d.id DESC) AS newest) AS w
        JOIN messages AS m ON m.id = w.message_id
        LEFT JOIN message_payloads AS p ON p.message_id = w.message_id
        ORDER BY w.endpoint_id, w.due_at, w.id;

        """;

    public const string SelectSecrets = """
        SELECT s.endpoint_id, s.protected
        FROM OPENJSON(@lanes) WITH (endpoint_id char(32)) AS k
        JOIN endpoint_secrets AS s ON s.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2)
        WHERE s.expires_at IS NULL OR s.expires_at > @now
        ORDER BY s.endpoint_id, s.created_at DESC;

        """;

    // Which of the lanes with a release rate have deliveries that are queued behind others of their key.
    public const string SelectQueued = """
        SELECT queued.endpoint_id
        FROM OPENJSON(@released) WITH (id char(32) '$') AS k
        CROSS APPLY (
            SELECT TOP (1) d.endpoint_id
            FROM deliveries AS d WITH (INDEX(ix_deliveries_queued))
            WHERE d.endpoint_id = CONVERT(binary(16), k.id, 2) AND d.state = 7) AS queued;
        """;

    public const string LeaseDeliveries = """
        UPDATE d SET
            state = 1, attempts = d.attempts + 1, lease_token = @lease_token, leased_until = @leased_until, leased_by = @node
        FROM OPENJSON(@deliveries) WITH (id char(32) '$') AS k
        INNER LOOP JOIN deliveries AS d WITH (ROWLOCK) ON d.id = CONVERT(binary(16), k.id, 2)
        WHERE d.state = 0;

        """;

    public const string MoveLanes = """
        UPDATE l SET
            in_flight = l.in_flight + k.taken, ready_at = k.ready_at, saturated = k.saturated, paced_until = k.paced_until,
            release_rate = k.release_rate
        FROM OPENJSON(@lanes) WITH (
            endpoint_id char(32), taken int, ready_at bigint, saturated bit, paced_until bigint, release_rate int) AS k
        INNER LOOP JOIN lanes AS l WITH (ROWLOCK) ON l.endpoint_id = CONVERT(binary(16), k.endpoint_id, 2);

        """;

    public const string PaceApplications = """
        UPDATE a SET paced_until = k.paced_until
        FROM OPENJSON(@applications) WITH (id char(32), paced_until bigint) AS k
        INNER LOOP JOIN applications AS a WITH (ROWLOCK) ON a.id = CONVERT(binary(16), k.id, 2);
        """;

    // What goes in one round trip.
    private const string SelectContent = SelectWaiting + SelectSecrets + SelectQueued;

    // XACT_ABORT: the first statement that fails ends the whole transaction, and those after it are not tried.
    private const string Write = "SET XACT_ABORT ON;\n" + LeaseDeliveries + MoveLanes + PaceApplications;

    /// <summary>The lane that is ready first was locked by somebody else.</summary>
    public bool HasPassedOver { get; private set; }

    /// <summary>Leases; payloads are not read yet, so that the locks are given back soon.</summary>
    /// <param name="first">The lane that is ready first.</param>
    /// <param name="mustWait">Whether to wait for it where it is locked, instead of serving the others.</param>
    /// <returns>Null when no lane could be had.</returns>
    public async Task<ClaimPlan?> RunAsync(NextLane first, bool mustWait, CancellationToken cancellationToken)
    {
        if (mustWait)
            await WaitAsync(first.EndpointId, cancellationToken);
        var ready = await ReadReadyLanesAsync(cancellationToken);
        HasPassedOver = ready.TrueForAll(lane => lane.EndpointId != first.EndpointId);
        if (ready.Count == 0)
            return null;

        var paces = await LockApplicationsAsync(ready, cancellationToken);
        var plan = new ClaimPlan(request, paces);
        var lanes = ready.Where(lane => !lane.ApplicationHasRate || paces.ContainsKey(lane.ApplicationId)).ToList();
        var (waiting, secrets, queued) = await ReadContentAsync(plan, lanes, cancellationToken);
        foreach (var held in lanes)
            plan.Serve(held, [.. waiting[held.EndpointId]], [.. secrets[held.EndpointId]], queued.Contains(held.EndpointId));
        if (plan.Moves.Count > 0)
            await WriteAsync(plan, cancellationToken);
        return plan;
    }

    // While nothing is locked yet, so that nobody waits for this transaction meanwhile.
    private async Task WaitAsync(EndpointId lane, CancellationToken cancellationToken)
    {
        await using var rows = await statements.QueryAsync(WaitForLane, cancellationToken, ("@lane", lane.ToHex()));
        await rows.ReadAsync(cancellationToken);
    }

    private async Task<List<ReadyLane>> ReadReadyLanesAsync(CancellationToken cancellationToken)
    {
        var lanes = new List<ReadyLane>();
        await using var rows = await statements.QueryAsync(
            SelectReadyLanes, cancellationToken,
            ("@now", request.Now.ToUnixMicroseconds()), ("@max_lanes", ClaimRequest.MaxLanes), ("@may_probe", request.MaxProbes > 0));
        while (await rows.ReadAsync(cancellationToken))
            lanes.Add(ReadLane(rows));
        return lanes;
    }

    private ReadyLane ReadLane(SqlServerRows rows)
    {
        var maxInFlight = rows.GetInt32OrNull(11) ?? request.DefaultMaxInFlight;
        return new ReadyLane(
            EndpointId: rows.GetId<EndpointId>(0),
            ApplicationId: rows.GetId<ApplicationId>(1),
            ApplicationHasRate: rows.GetInt32OrNull(6) is not null,
            IsProbe: rows.GetInt32(3) <= 1,
            Free: Math.Min(rows.GetInt32(3), maxInFlight) - rows.GetInt32(2),
            IsOrdered: rows.GetBoolean(15),
            Pace: new Pace(rows.GetInt32OrNull(5), rows.GetTimeOrNull(4)).AtMost(rows.GetInt32OrNull(14)),
            Url: rows.GetString(7),
            ProtectedHeaders: rows.GetBytesOrNull(8),
            AttemptTimeout: rows.GetDurationOrNull(12),
            ReleaseRate: rows.GetInt32OrNull(14),
            Policy: new RetryPolicy(rows.GetJsonListOrNull<TimeSpan>(9), (UnknownOutcomePolicy)rows.GetInt32(10), maxInFlight)
            {
                ParkAfter = rows.GetInt32OrNull(13),
                ReceiptUrl = rows.GetStringOrNull(16),
            });
    }

    private async Task<Dictionary<ApplicationId, Pace>> LockApplicationsAsync(List<ReadyLane> lanes, CancellationToken cancellationToken)
    {
        var paces = new Dictionary<ApplicationId, Pace>();
        var applications = lanes.Where(lane => lane.ApplicationHasRate)
            .Select(lane => lane.ApplicationId).Distinct().Select(id => id.ToHex()).ToList();
        if (applications.Count == 0)
            return paces;

        await using var rows = await statements.QueryAsync(
            LockApplications, cancellationToken, ("@applications", SqlServerJson.Rows(applications)));
        while (await rows.ReadAsync(cancellationToken))
            paces[rows.GetId<ApplicationId>(0)] = new Pace(rows.GetInt32OrNull(1), rows.GetTimeOrNull(2));
        return paces;
    }

    private async Task<(ILookup<EndpointId, WaitingRow> Waiting, ILookup<EndpointId, byte[]> Secrets, HashSet<EndpointId> Queued)>
        ReadContentAsync(ClaimPlan plan, List<ReadyLane> lanes, CancellationToken cancellationToken)
    {
        var wanted = lanes.Select(
            lane => new { EndpointId = lane.EndpointId.ToHex(), Take = plan.MostOf(lane) + 1, Fresh = plan.FreshOf(lane) });
        var released = lanes.Where(lane => lane.ReleaseRate is not null).Select(lane => lane.EndpointId.ToHex());
        await using var rows = await statements.QueryAsync(
            SelectContent, cancellationToken,
            ("@lanes", SqlServerJson.Rows(wanted)), ("@released", SqlServerJson.Rows(released)),
            ("@now", request.Now.ToUnixMicroseconds()));

        var waiting = new List<WaitingRow>();
        while (await rows.ReadAsync(cancellationToken))
            waiting.Add(ReadWaiting(rows));
        await rows.NextQueryAsync(cancellationToken);
        var secrets = new List<(EndpointId EndpointId, byte[] Secret)>();
        while (await rows.ReadAsync(cancellationToken))
            secrets.Add((rows.GetId<EndpointId>(0), rows.GetBytes(1)));
        await rows.NextQueryAsync(cancellationToken);
        var queued = new HashSet<EndpointId>();
        while (await rows.ReadAsync(cancellationToken))
            queued.Add(rows.GetId<EndpointId>(0));
        return (waiting.ToLookup(row => row.EndpointId), secrets.ToLookup(row => row.EndpointId, row => row.Secret), queued);
    }

    private static WaitingRow ReadWaiting(SqlServerRows rows) => new(
        rows.GetId<EndpointId>(0), rows.GetTime(1), rows.GetId<DeliveryId>(2), rows.GetId<MessageId>(3), rows.GetInt64(4), rows.GetInt32(5),
        rows.GetInt32(6), rows.GetInt32(7), (AttemptOutcome?)rows.GetInt32OrNull(8), (AttemptTrigger)rows.GetInt32(9),
        rows.GetStringOrNull(10), rows.GetInt64(11), rows.GetStringOrNull(12), rows.GetInt32(13));

    private Task WriteAsync(ClaimPlan plan, CancellationToken cancellationToken) => statements.ExecuteAsync(
        Write, cancellationToken,
        ("@deliveries", SqlServerJson.Rows(plan.Claimed.Select(delivery => delivery.Request.DeliveryId.ToHex()))),
        ("@lease_token", request.LeaseToken), ("@leased_until", request.LeasedUntil.ToUnixMicroseconds()), ("@node", request.Node),
        ("@lanes", SqlServerJson.Rows(plan.Moves.Select(move => new
        {
            EndpointId = move.EndpointId.ToHex(), move.Taken, ReadyAt = move.ReadyAt?.ToUnixMicroseconds(), move.Saturated,
            PacedUntil = move.PacedUntil?.ToUnixMicroseconds(), move.ReleaseRate,
        }))),
        ("@applications", SqlServerJson.Rows(plan.Paced.Select(pair => new
        {
            Id = pair.Key.ToHex(), PacedUntil = pair.Value.Until?.ToUnixMicroseconds(),
        }))));
}

/// <summary>The lane that is ready first, and since or from when.</summary>
internal sealed record NextLane(EndpointId EndpointId, DateTimeOffset ReadyAt);

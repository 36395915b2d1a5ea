using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Data.Sqlite;

/// <summary>Commit 2: one transaction on the writer, whose work is bounded by the lanes and rows it takes, whatever waits elsewhere.</summary>
internal sealed class ClaimSql(SqliteStatements statements, ClaimRequest request)
{
    // $1 whether probes may be taken.
    public const string SelectNextReadyAt = """
        SELECT ready_at FROM lanes
        WHERE ready_at IS NOT NULL AND (in_flight_limit > 1 OR $1)
        ORDER BY ready_at
        LIMIT 1
        """;

    // A lane that was served with more left gets ready_at = that claim's time, so this order is least recently served first; lanes that
    // their application's rate made wait become ready at the same time, and there paced_until says which was served last.
    public const string SelectReadyLanes = """
        SELECT l.endpoint_id, l.in_flight, l.in_flight_limit, l.paced_until, e.throttle_rate, l.application_id, a.paced_until, a.throttle_rate,
               e.url, e.protected_headers, e.retry_schedule, e.unknown_outcome_policy, e.max_in_flight, e.attempt_timeout, e.park_after,
               l.release_rate, e.ordered, e.receipt_url
        FROM lanes l
        JOIN endpoints e ON e.id = l.endpoint_id
        JOIN applications a ON a.id = l.application_id
        WHERE l.ready_at <= $1 AND (l.in_flight_limit > 1 OR $3)
        ORDER BY l.ready_at, l.paced_until
        LIMIT $2
        """;

    public const string SelectSecrets = """
        SELECT protected FROM endpoint_secrets
        WHERE endpoint_id = $1 AND (expires_at IS NULL OR expires_at > $2)
        ORDER BY created_at DESC
        """;

    // One row more than is taken: the first one left behind says when the lane is ready next. The length of a BLOB is in its row's
    // header: the payload itself is not read.
    public const string SelectWaiting = """
        SELECT d.rowid, d.due_at, d.id, d.message_id, d.sequence, d.attempts, d.failures, d.own_faults, d.last_outcome, d.trigger_type,
               m.trace_parent, coalesce(length(coalesce(p.raw_body, p.body)), 0), d.ordering_key, d.replay_number
        FROM deliveries d INDEXED BY ix_deliveries_waiting
        JOIN messages m ON m.id = d.message_id
        LEFT JOIN message_payloads p ON p.message_id = d.message_id
        WHERE d.endpoint_id = $1 AND d.state = 0
        ORDER BY d.due_at, d.id
        LIMIT $2
        """;

    // Of those due behind the others (from $2, not in it, to $3), the newest: from the index's other end.
    public const string SelectNewest = """
        SELECT d.rowid, d.due_at, d.id, d.message_id, d.sequence, d.attempts, d.failures, d.own_faults, d.last_outcome, d.trigger_type,
               m.trace_parent, coalesce(length(coalesce(p.raw_body, p.body)), 0), d.ordering_key, d.replay_number
        FROM deliveries d INDEXED BY ix_deliveries_waiting
        JOIN messages m ON m.id = d.message_id
        LEFT JOIN message_payloads p ON p.message_id = d.message_id
        WHERE d.endpoint_id = $1 AND d.state = 0 AND d.due_at > $2 AND d.due_at <= $3
        ORDER BY d.due_at DESC, d.id DESC
        LIMIT $4
        """;

    public const string SelectQueued = """
        SELECT 1 FROM deliveries INDEXED BY ix_deliveries_queued WHERE endpoint_id = $1 AND state = 7 LIMIT 1
        """;

    public const string LeaseDelivery = """
        UPDATE deliveries SET state = 1, attempts = attempts + 1, lease_token = $2, leased_until = $3, leased_by = $4 WHERE rowid = $1
        """;

    public const string MoveLane = """
        UPDATE lanes SET in_flight = in_flight + $2, ready_at = $3, saturated = $4, paced_until = $5, release_rate = $6
        WHERE endpoint_id = $1
        """;

    public const string PaceApplication = "UPDATE applications SET paced_until = $2 WHERE id = $1";

    private readonly long _now = request.Now.ToUnixMicroseconds();
    private readonly Dictionary<ApplicationId, Pace> _paces = [];

    // By which a row is found again without a look into the index of ids.
    private readonly Dictionary<DeliveryId, long> _rowIds = [];

    /// <summary>Leases; payloads are not read yet, so that the write gate is left soon.</summary>
    public ClaimPlan Run()
    {
        var lanes = ReadReadyLanes();
        var plan = new ClaimPlan(request, _paces);
        foreach (var lane in lanes.Where(lane => !plan.PassesOver(lane)))
        {
            var waiting = ReadWaiting(lane.EndpointId, plan.MostOf(lane) + 1, plan.FreshOf(lane));
            plan.Serve(lane, waiting, ReadSecrets(lane.EndpointId), HasQueued(lane));
        }

        Write(plan);
        return plan;
    }

    private void Write(ClaimPlan plan)
    {
        var leasedUntil = request.LeasedUntil.ToUnixMicroseconds();
        foreach (var delivery in plan.Claimed)
            statements.Execute(LeaseDelivery, _rowIds[delivery.Request.DeliveryId], request.LeaseToken, leasedUntil, request.Node);

        foreach (var move in plan.Moves)
        {
            statements.Execute(
                MoveLane, move.EndpointId.ToBytes(), move.Taken, move.ReadyAt?.ToUnixMicroseconds(), move.Saturated,
                move.PacedUntil?.ToUnixMicroseconds(), move.ReleaseRate);
        }

        foreach (var (application, pace) in plan.Paced)
            statements.Execute(PaceApplication, application.ToBytes(), pace.Until?.ToUnixMicroseconds());
    }

    // Asked only where it decides how long a release rate holds.
    private bool HasQueued(ReadyLane lane)
    {
        if (lane.ReleaseRate is null)
            return false;

        using var rows = statements.Query(SelectQueued, lane.EndpointId.ToBytes());
        return rows.Read();
    }

    private List<ReadyLane> ReadReadyLanes()
    {
        var lanes = new List<ReadyLane>();
        using var rows = statements.Query(SelectReadyLanes, _now, ClaimRequest.MaxLanes, request.MaxProbes > 0);
        while (rows.Read())
        {
            lanes.Add(ReadLane(rows));
            if (rows.GetInt32OrNull(7) is { } rate)
                _paces[rows.GetId<ApplicationId>(5)] = new Pace(rate, rows.GetTimeOrNull(6));
        }

        return lanes;
    }

    private ReadyLane ReadLane(SqliteRows rows)
    {
        var maxInFlight = rows.GetInt32OrNull(12) ?? request.DefaultMaxInFlight;
        return new ReadyLane(
            EndpointId: rows.GetId<EndpointId>(0),
            ApplicationId: rows.GetId<ApplicationId>(5),
            ApplicationHasRate: rows.GetInt32OrNull(7) is not null,
            IsProbe: rows.GetInt32(2) <= 1,
            Free: Math.Min(rows.GetInt32(2), maxInFlight) - rows.GetInt32(1),
            IsOrdered: rows.GetBoolean(16),
            Pace: new Pace(rows.GetInt32OrNull(4), rows.GetTimeOrNull(3)).AtMost(rows.GetInt32OrNull(15)),
            Url: rows.GetString(8),
            ProtectedHeaders: rows.GetBytesOrNull(9),
            AttemptTimeout: rows.GetDurationOrNull(13),
            ReleaseRate: rows.GetInt32OrNull(15),
            Policy: new RetryPolicy(rows.GetJsonListOrNull<TimeSpan>(10), (UnknownOutcomePolicy)rows.GetInt32(11), maxInFlight)
            {
                ParkAfter = rows.GetInt32OrNull(14),
                ReceiptUrl = rows.GetStringOrNull(17),
            });
    }

    private List<byte[]> ReadSecrets(EndpointId endpointId)
    {
        var secrets = new List<byte[]>(1);
        using var rows = statements.Query(SelectSecrets, endpointId.ToBytes(), _now);
        while (rows.Read())
            secrets.Add(rows.GetBytes(0));
        return secrets;
    }

    private List<WaitingRow> ReadWaiting(EndpointId endpointId, int limit, int fresh)
    {
        var waiting = ReadWaiting(endpointId, statements.Query(SelectWaiting, endpointId.ToBytes(), limit));
        if (fresh == 0 || waiting.Count < limit || waiting[^1].DueAt > request.Now)
            return waiting;

        var newest = ReadWaiting(
            endpointId, statements.Query(SelectNewest, endpointId.ToBytes(), waiting[^1].DueAt.ToUnixMicroseconds(), _now, fresh));
        return [.. waiting, .. Enumerable.Reverse(newest)];
    }

    private List<WaitingRow> ReadWaiting(EndpointId endpointId, SqliteRows found)
    {
        var waiting = new List<WaitingRow>();
        using var rows = found;
        while (rows.Read())
        {
            var row = ReadRow(endpointId, rows);
            _rowIds[row.Id] = rows.GetInt64(0);
            waiting.Add(row);
        }

        return waiting;
    }

    private static WaitingRow ReadRow(EndpointId endpointId, SqliteRows rows) => new(
        endpointId, rows.GetTime(1), rows.GetId<DeliveryId>(2), rows.GetId<MessageId>(3), rows.GetInt64(4), rows.GetInt32(5),
        rows.GetInt32(6), rows.GetInt32(7), (AttemptOutcome?)rows.GetInt32OrNull(8), (AttemptTrigger)rows.GetInt32(9),
        rows.GetStringOrNull(10), rows.GetInt64(11), rows.GetStringOrNull(12), rows.GetInt32(13));
}

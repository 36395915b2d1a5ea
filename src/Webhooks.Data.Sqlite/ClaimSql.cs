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
               l.release_rate, e.receipt_url
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
    private readonly List<ClaimedDelivery> _claimed = [];
    private readonly Dictionary<ApplicationId, Pace> _applicationPaces = [];
    private int _probes;
    private readonly PayloadBudget _bytes = new(request);

    /// <summary>Due deliveries were left behind because their payloads did not fit.</summary>
    public bool OutOfBytes => _bytes.IsSpent;

    /// <summary>Leases; payloads are not read yet, so that the write gate is left soon.</summary>
    public List<ClaimedDelivery> Run()
    {
        foreach (var lane in ReadReadyLanes())
        {
            if (lane.IsProbe && _probes >= request.MaxProbes)
                continue; // it stays ready, and keeps its turn
            Serve(lane);
            if (_claimed.Count >= request.MaxDeliveries)
                break;
        }

        foreach (var (application, pace) in _applicationPaces.Where(pair => pair.Value.Rate is not null))
            statements.Execute(PaceApplication, application.ToBytes(), pace.Until?.ToUnixMicroseconds());
        return _claimed;
    }

    private void Serve(ReadyLane lane)
    {
        var applicationPace = _applicationPaces.GetValueOrDefault(lane.ApplicationId, lane.ApplicationPace);
        var wanted = Math.Min(request.MaxDeliveries - _claimed.Count, ClaimRequest.MaxPerLane);
        var turn = new LaneTurn(lane.Free, wanted, lane.Pace, applicationPace, request.Now);

        var waiting = ReadWaiting(lane.EndpointId, turn.Take + 1);
        var due = waiting.TakeWhile(row => row.DueAt <= request.Now).Take(turn.Take).ToList();
        var taken = due.TakeWhile(row => _bytes.TryTake(row.PayloadBytes)).ToList();
        if (taken.Count == 0 && due.Count > 0)
            return; // its payload does not fit just now: it stays ready and keeps its turn, and smaller ones go out meanwhile
        if (taken.Count > 0)
            Lease(lane, taken);

        turn.Finish(taken.Count, waiting.Count > taken.Count ? waiting[taken.Count].DueAt : null);
        _applicationPaces[lane.ApplicationId] = turn.Application;
        statements.Execute(
            MoveLane, lane.EndpointId.ToBytes(), taken.Count, turn.ReadyAt?.ToUnixMicroseconds(), turn.Saturated,
            turn.Endpoint.Until?.ToUnixMicroseconds(), ReleaseRateAfter(lane, turn));
    }

    // Until what waited is worked off, and that is also what is queued behind others of its key.
    private int? ReleaseRateAfter(ReadyLane lane, LaneTurn turn) =>
        lane.ReleaseRate is not null && (turn.MoreIsDue || HasQueued(lane.EndpointId)) ? lane.ReleaseRate : null;

    private bool HasQueued(EndpointId endpointId)
    {
        using var rows = statements.Query(SelectQueued, endpointId.ToBytes());
        return rows.Read();
    }

    private void Lease(ReadyLane lane, List<WaitingRow> rows)
    {
        var secrets = ReadSecrets(lane.EndpointId);
        _probes += lane.IsProbe ? rows.Count : 0;
        foreach (var row in rows)
        {
            statements.Execute(LeaseDelivery, row.RowId, request.LeaseToken, request.LeasedUntil.ToUnixMicroseconds(), request.Node);
            _claimed.Add(new ClaimedDelivery
            {
                Request = new AttemptRequest(
                    row.Id, row.MessageId, lane.EndpointId, row.Attempts + 1, row.LastOutcome, row.Sequence, lane.Url, secrets,
                    lane.ProtectedHeaders, ReadOnlyMemory<byte>.Empty, row.TraceParent)
                {
                    Timeout = lane.AttemptTimeout,
                    IsReplay = row.ReplayNumber > 0,
                },
                LeaseToken = request.LeaseToken,
                TriggerType = row.TriggerType,
                Failures = row.Failures,
                OwnFaults = row.OwnFaults,
                Policy = lane.Policy,
                OrderingKey = row.OrderingKey,
                IsProbe = lane.IsProbe,
            });
        }
    }

    private List<ReadyLane> ReadReadyLanes()
    {
        var lanes = new List<ReadyLane>();
        using var rows = statements.Query(SelectReadyLanes, _now, ClaimRequest.MaxLanes, request.MaxProbes > 0);
        while (rows.Read())
            lanes.Add(ReadLane(rows));
        return lanes;
    }

    private ReadyLane ReadLane(SqliteRows rows)
    {
        var maxInFlight = rows.GetInt32OrNull(12) ?? request.DefaultMaxInFlight;
        return new ReadyLane(
            EndpointId: rows.GetId<EndpointId>(0),
            ApplicationId: rows.GetId<ApplicationId>(5),
            IsProbe: rows.GetInt32(2) <= 1,
            Free: Math.Min(rows.GetInt32(2), maxInFlight) - rows.GetInt32(1),
            Pace: new Pace(rows.GetInt32OrNull(4), rows.GetTimeOrNull(3)).AtMost(rows.GetInt32OrNull(15)),
            ApplicationPace: new Pace(rows.GetInt32OrNull(7), rows.GetTimeOrNull(6)),
            Url: rows.GetString(8),
            ProtectedHeaders: rows.GetBytesOrNull(9),
            AttemptTimeout: rows.GetDurationOrNull(13),
            ReleaseRate: rows.GetInt32OrNull(15),
            Policy: new RetryPolicy(rows.GetJsonListOrNull<TimeSpan>(10), (UnknownOutcomePolicy)rows.GetInt32(11), maxInFlight)
            {
                ParkAfter = rows.GetInt32OrNull(14),
                ReceiptUrl = rows.GetStringOrNull(16),
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

    private List<WaitingRow> ReadWaiting(EndpointId endpointId, int limit)
    {
        var waiting = new List<WaitingRow>(limit);
        using var rows = statements.Query(SelectWaiting, endpointId.ToBytes(), limit);
        while (rows.Read())
        {
            waiting.Add(new WaitingRow(
                rows.GetInt64(0), rows.GetTime(1), rows.GetId<DeliveryId>(2), rows.GetId<MessageId>(3), rows.GetInt64(4),
                rows.GetInt32(5), rows.GetInt32(6), rows.GetInt32(7), (AttemptOutcome?)rows.GetInt32OrNull(8),
                (AttemptTrigger)rows.GetInt32(9), rows.GetStringOrNull(10), rows.GetInt64(11), rows.GetStringOrNull(12),
                rows.GetInt32(13)));
        }

        return waiting;
    }

    private sealed record ReadyLane(
        EndpointId EndpointId, ApplicationId ApplicationId, bool IsProbe, int Free, Pace Pace, Pace ApplicationPace, string Url,
        byte[]? ProtectedHeaders, TimeSpan? AttemptTimeout, int? ReleaseRate, RetryPolicy Policy);

    private sealed record WaitingRow(
        long RowId, DateTimeOffset DueAt, DeliveryId Id, MessageId MessageId, long Sequence, int Attempts, int Failures, int OwnFaults,
        AttemptOutcome? LastOutcome, AttemptTrigger TriggerType, string? TraceParent, long PayloadBytes,
        string? OrderingKey, int ReplayNumber);
}

using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Data.SqlServer;

/// <summary>Decides, without touching the database, what a claim takes of the lanes that it holds, one lane after the other.</summary>
/// <param name="applicationPaces">The paces of applications that have a rate; a lane without one here has none.</param>
internal sealed class ClaimPlan(ClaimRequest request, IReadOnlyDictionary<ApplicationId, Pace> applicationPaces)
{
    private readonly Dictionary<ApplicationId, Pace> _paces = [];
    private readonly List<ClaimedDelivery> _claimed = [];
    private readonly List<LaneMove> _moves = [];
    private readonly PayloadBudget _bytes = new(request);
    private int _probes;

    public List<ClaimedDelivery> Claimed => _claimed;

    public IReadOnlyList<LaneMove> Moves => _moves;

    /// <summary>The applications' paces after this claim, of those that have a rate.</summary>
    public IEnumerable<KeyValuePair<ApplicationId, Pace>> Paces => _paces.Where(pair => pair.Value.Rate is not null);

    public bool IsFull => _claimed.Count >= request.MaxDeliveries;

    /// <summary>Due deliveries were left behind because their payloads did not fit.</summary>
    public bool OutOfBytes => _bytes.IsSpent;

    /// <summary>How many deliveries of the lane this claim takes at most, before it is known what other lanes leave it.</summary>
    public int MostOf(ReadyLane lane) => Turn(lane, request.MaxDeliveries).Take;

    /// <param name="rows">The first waiting deliveries of the lane, one more than <see cref="MostOf"/> where there are so many.</param>
    /// <param name="hasQueued">More is queued behind others of its key.</param>
    public void Serve(ReadyLane lane, IEnumerable<WaitingRow> rows, IEnumerable<byte[]> secrets, bool hasQueued)
    {
        if (lane.IsProbe && _probes >= request.MaxProbes)
            return; // it stays ready, and keeps its turn

        var turn = Turn(lane, request.MaxDeliveries - _claimed.Count);
        var waiting = rows.Take(turn.Take + 1).ToList();
        var due = waiting.TakeWhile(row => row.DueAt <= request.Now).Take(turn.Take).ToList();
        var taken = due.TakeWhile(row => _bytes.TryTake(row.PayloadBytes)).ToList();
        if (taken.Count == 0 && due.Count > 0)
            return; // its payload does not fit just now: it stays ready and keeps its turn, and smaller ones go out meanwhile

        _probes += lane.IsProbe ? taken.Count : 0;
        var live = secrets.ToList();
        _claimed.AddRange(taken.Select(row => Lease(lane, row, live)));

        turn.Finish(taken.Count, waiting.Count > taken.Count ? waiting[taken.Count].DueAt : null);
        _paces[lane.ApplicationId] = turn.Application;

        // A release rate holds until what waited is worked off, and that is also what is queued.
        var releaseRate = turn.MoreIsDue || hasQueued ? lane.ReleaseRate : null;
        _moves.Add(new LaneMove(lane.EndpointId, taken.Count, turn.ReadyAt, turn.Saturated, turn.Endpoint.Until, releaseRate));
    }

    private LaneTurn Turn(ReadyLane lane, int wanted)
    {
        if (!_paces.TryGetValue(lane.ApplicationId, out var application))
            application = applicationPaces.GetValueOrDefault(lane.ApplicationId);
        return new LaneTurn(lane.Free, Math.Min(wanted, ClaimRequest.MaxPerLane), lane.Pace, application, request.Now);
    }

    private ClaimedDelivery Lease(ReadyLane lane, WaitingRow row, List<byte[]> secrets) => new()
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
    };
}

/// <summary>A lane that the claim holds.</summary>
internal sealed record ReadyLane(
    EndpointId EndpointId, ApplicationId ApplicationId, bool IsProbe, int Free, Pace Pace, bool HasApplicationRate, string Url,
    byte[]? ProtectedHeaders, TimeSpan? AttemptTimeout, int? ReleaseRate, RetryPolicy Policy);

internal sealed record WaitingRow(
    EndpointId EndpointId, DateTimeOffset DueAt, DeliveryId Id, MessageId MessageId, long Sequence, int Attempts, int Failures,
    int OwnFaults, AttemptOutcome? LastOutcome, AttemptTrigger TriggerType, string? TraceParent, long PayloadBytes, string? OrderingKey,
    int ReplayNumber);

/// <summary>What the claim does to a lane's row.</summary>
internal sealed record LaneMove(
    EndpointId EndpointId, int Taken, DateTimeOffset? ReadyAt, bool Saturated, DateTimeOffset? PacedUntil, int? ReleaseRate);

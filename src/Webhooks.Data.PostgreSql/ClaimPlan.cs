using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// Decides, without touching the database, which due deliveries a claim takes of the lanes it has locked, and when those are ready next.
/// </summary>
/// <param name="paces">Of the applications that have a rate, read under their locks.</param>
internal sealed class ClaimPlan(ClaimRequest request, Dictionary<ApplicationId, Pace> paces)
{
    private readonly HashSet<ApplicationId> _paced = [];
    private readonly PayloadBudget _bytes = new(request);
    private int _probes;

    public List<ClaimedDelivery> Claimed { get; } = [];
    public List<LaneMove> Moves { get; } = [];

    /// <summary>Due deliveries were left behind because their payloads did not fit.</summary>
    public bool OutOfBytes => _bytes.IsSpent;

    /// <summary>The applications whose pace moves on.</summary>
    public List<KeyValuePair<ApplicationId, Pace>> Paced => [.. paces.Where(pair => _paced.Contains(pair.Key))];

    /// <param name="waiting">Those due first, at least one more than the lane may give.</param>
    /// <param name="hasQueued">More is queued behind others of its key.</param>
    public void Serve(ReadyLane lane, IReadOnlyList<WaitingRow> waiting, IReadOnlyList<byte[]> secrets, bool hasQueued)
    {
        // A lane that is passed over stays ready, and keeps its turn.
        if (Claimed.Count >= request.MaxDeliveries || (lane.IsProbe && _probes >= request.MaxProbes))
            return;

        var wanted = Math.Min(request.MaxDeliveries - Claimed.Count, ClaimRequest.MaxPerLane);
        var turn = new LaneTurn(lane.Free, wanted, lane.Pace, paces.GetValueOrDefault(lane.ApplicationId), request.Now);
        var due = waiting.TakeWhile(row => row.DueAt <= request.Now).Take(turn.Take).ToList();
        var taken = due.TakeWhile(row => _bytes.TryTake(row.PayloadBytes)).ToList();
        if (taken.Count == 0 && due.Count > 0)
            return; // its payload does not fit just now: smaller ones go out meanwhile

        _probes += lane.IsProbe ? taken.Count : 0;
        Claimed.AddRange(taken.Select(row => Lease(lane, row, secrets)));
        turn.Finish(taken.Count, waiting.Count > taken.Count ? waiting[taken.Count].DueAt : null);

        // A release rate holds until what waited is worked off, and that is also what is queued.
        var releaseRate = turn.MoreIsDue || hasQueued ? lane.ReleaseRate : null;
        Moves.Add(new LaneMove(lane.EndpointId, turn.ReadyAt, turn.Saturated, turn.Endpoint.Until, releaseRate));
        if (paces.ContainsKey(lane.ApplicationId))
        {
            paces[lane.ApplicationId] = turn.Application;
            _paced.Add(lane.ApplicationId);
        }
    }

    private ClaimedDelivery Lease(ReadyLane lane, WaitingRow row, IReadOnlyList<byte[]> secrets) => new()
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

/// <summary>A lane that the claim has locked, with what its endpoint says.</summary>
/// <param name="ApplicationHasRate">Its application's pace is to be locked and read, too.</param>
internal sealed record ReadyLane(
    EndpointId EndpointId, ApplicationId ApplicationId, bool ApplicationHasRate, bool IsProbe, int Free, Pace Pace, string Url,
    byte[]? ProtectedHeaders, TimeSpan? AttemptTimeout, int? ReleaseRate, RetryPolicy Policy)
{
    /// <summary>More than this of the lane can't be taken, whatever its application's pace and the lanes before it leave.</summary>
    public int AtMost(ClaimRequest request) =>
        new LaneTurn(Free, Math.Min(request.MaxDeliveries, ClaimRequest.MaxPerLane), Pace, default, request.Now).Take;
}

internal sealed record WaitingRow(
    EndpointId EndpointId, DateTimeOffset DueAt, DeliveryId Id, MessageId MessageId, long Sequence, int Attempts, int Failures,
    int OwnFaults, AttemptOutcome? LastOutcome, AttemptTrigger TriggerType, string? TraceParent, int PayloadBytes, string? OrderingKey,
    int ReplayNumber);

/// <summary>What a claim writes to a lane that it visited.</summary>
internal sealed record LaneMove(
    EndpointId EndpointId, DateTimeOffset? ReadyAt, bool Saturated, DateTimeOffset? PacedUntil, int? ReleaseRate);

using Webhooks.Core.Lanes;

namespace Webhooks.Core.Deliveries;

/// <summary>
/// Decides, without touching the database, which due deliveries a claim takes of the lanes that it holds, one lane after the other, and
/// when those are ready next.
/// </summary>
/// <param name="paces">Of the applications that have a rate. Those read after the plan was made count for the lanes served then.</param>
internal sealed class ClaimPlan(ClaimRequest request, IDictionary<ApplicationId, Pace> paces)
{
    private readonly HashSet<ApplicationId> _paced = [];
    private readonly PayloadBudget _bytes = new(request);
    private int _probes;

    public List<ClaimedDelivery> Claimed { get; } = [];
    public List<LaneMove> Moves { get; } = [];

    /// <summary>Due deliveries were left behind because their payloads did not fit.</summary>
    public bool OutOfBytes => _bytes.IsSpent;

    /// <summary>The applications whose pace moves on.</summary>
    public IReadOnlyList<KeyValuePair<ApplicationId, Pace>> Paced => [.. paces.Where(pair => _paced.Contains(pair.Key))];

    /// <summary>The claim has no room for the lane, which stays ready and keeps its turn.</summary>
    public bool PassesOver(ReadyLane lane) =>
        Claimed.Count >= request.MaxDeliveries || (lane.IsProbe && _probes >= request.MaxProbes);

    /// <summary>How many deliveries of the lane are taken at most, as far as is known yet.</summary>
    public int MostOf(ReadyLane lane) => Turn(lane).Take;

    /// <summary>How many of the lane's newest due deliveries may be taken, where more are due than it may give.</summary>
    public int FreshOf(ReadyLane lane) => lane.IsOrdered ? 0 : request.Fresh.Of(lane.EndpointId, MostOf(lane));

    /// <param name="waiting">
    /// In the order of their due times: those due first, one more than <see cref="MostOf"/> where there are so many, and where all of these
    /// are due <see cref="FreshOf"/> of those that became due last.
    /// </param>
    /// <param name="hasQueued">More is queued behind others of its key.</param>
    public void Serve(ReadyLane lane, IReadOnlyList<WaitingRow> waiting, IReadOnlyList<byte[]> secrets, bool hasQueued)
    {
        if (PassesOver(lane))
            return;

        var turn = Turn(lane);
        var due = waiting.TakeWhile(row => row.DueAt <= request.Now).ToList();
        var fresh = due.Count > turn.Take && !lane.IsOrdered ? request.Fresh.Of(lane.EndpointId, turn.Take) : 0;
        List<WaitingRow> chosen = [.. due.Take(turn.Take - fresh), .. due.TakeLast(fresh)];
        var taken = chosen.TakeWhile(row => _bytes.TryTake(row.PayloadBytes)).ToList();
        if (taken.Count == 0 && chosen.Count > 0)
            return; // its payload does not fit just now: it stays ready and keeps its turn, and smaller ones go out meanwhile

        _probes += lane.IsProbe ? taken.Count : 0;
        Claimed.AddRange(taken.Select(row => Lease(lane, row, secrets)));
        turn.Finish(taken.Count, waiting.Skip(Math.Min(taken.Count, chosen.Count - fresh)).FirstOrDefault()?.DueAt);
        if (due.Count > turn.Take)
            request.Fresh.Took(lane.EndpointId, turn.Take);
        else
            request.Fresh.Forget(lane.EndpointId);
        Move(lane, turn, taken.Count, hasQueued);
    }

    private void Move(ReadyLane lane, LaneTurn turn, int taken, bool hasQueued)
    {
        // A release rate holds until what waited is worked off, and that is also what is queued.
        var releaseRate = turn.MoreIsDue || hasQueued ? lane.ReleaseRate : null;
        Moves.Add(new LaneMove(lane.EndpointId, taken, turn.ReadyAt, turn.Saturated, turn.Endpoint.Until, releaseRate));
        if (paces.ContainsKey(lane.ApplicationId))
        {
            paces[lane.ApplicationId] = turn.Application;
            _paced.Add(lane.ApplicationId);
        }
    }

    private LaneTurn Turn(ReadyLane lane)
    {
        var wanted = Math.Min(request.MaxDeliveries - Claimed.Count, ClaimRequest.MaxPerLane);
        paces.TryGetValue(lane.ApplicationId, out var application);
        return new LaneTurn(lane.Free, wanted, lane.Pace, application, request.Now);
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
        LeasedUntil = request.LeasedUntil,
        TriggerType = row.TriggerType,
        Failures = row.Failures,
        OwnFaults = row.OwnFaults,
        Policy = lane.Policy,
        OrderingKey = row.OrderingKey,
        IsProbe = lane.IsProbe,
    };
}

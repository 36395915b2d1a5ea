using Webhooks.Core.Lanes;

namespace Webhooks.Core.Deliveries;

/// <summary>What a pump asks of the lanes.</summary>
/// <param name="MaxDeliveries">No more than the node can send at once.</param>
/// <param name="MaxProbes">
/// No more than this of lanes that are allowed one attempt at a time, because their endpoints have not shown yet, or not lately, that
/// they answer. However many endpoints hang, they cannot fill the node.
/// </param>
/// <param name="LeaseToken">16 random bytes, new for each claim: what fences every later write.</param>
/// <param name="DefaultMaxInFlight">The in-flight cap of endpoints that set none.</param>
internal sealed record ClaimRequest(
    DateTimeOffset Now,
    int MaxDeliveries,
    int MaxProbes,
    byte[] LeaseToken,
    DateTimeOffset LeasedUntil,
    string Node,
    int DefaultMaxInFlight)
{
    /// <summary>How many bytes of payloads the claim takes at most; a lane whose next delivery does not fit is passed over.</summary>
    public long MaxPayloadBytes { get; init; } = long.MaxValue;

    /// <summary>No payload is under way, so the first delivery is taken whatever its size, or one larger than the budget would wait for ever.</summary>
    public bool FirstMayExceed { get; init; }

    /// <summary>How lanes with a backlog share their turns between the oldest and the newest.</summary>
    public FreshTurns Fresh { get; init; } = FreshTurns.None;

    /// <summary>How many lanes one claim visits at most: its work is bounded by this, not by what waits.</summary>
    public const int MaxLanes = 64;

    /// <summary>How many deliveries one claim takes from one lane at most.</summary>
    public const int MaxPerLane = 64;
}

using System.Collections.Concurrent;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Lanes;

/// <summary>
/// Shares the turns of lanes with a backlog between what is due longest and what became due last. What a turn cannot give, because it is
/// not a whole delivery, the lane is owed at its next turn; so the ratio also holds over turns of one delivery each, oldest first. See
/// docs/adr/0022.
/// </summary>
/// <remarks>Each node keeps its own account, and a restart forgets it: what is lost is less than one delivery for each lane.</remarks>
/// <param name="share">0 or more, less than 1, of each turn goes to the newest.</param>
internal sealed class FreshTurns(double share)
{
    /// <summary>How many lanes are remembered: some megabytes. Beyond that all start anew.</summary>
    private const int MaxLanes = 100_000;

    public static readonly FreshTurns None = new(0);

    private readonly ConcurrentDictionary<EndpointId, double> _owed = new();

    /// <summary>How many of the newest a turn of <paramref name="take"/> deliveries gets; the others are the oldest.</summary>
    public int Of(EndpointId lane, int take)
    {
        var whole = (int)Due(lane, take);
        return take > 1 ? Math.Min(whole, take - 1) : Math.Min(whole, take);
    }

    /// <summary>The lane had a turn of <paramref name="take"/> deliveries and left others behind.</summary>
    public void Took(EndpointId lane, int take)
    {
        if (share == 0)
            return;
        if (_owed.Count >= MaxLanes)
            _owed.Clear();
        _owed[lane] = Math.Min(Due(lane, take) - Of(lane, take), 1);
    }

    /// <summary>The lane has no backlog any more.</summary>
    public void Forget(EndpointId lane) => _owed.TryRemove(lane, out _);

    private double Due(EndpointId lane, int take) => share == 0 ? 0 : _owed.GetValueOrDefault(lane) + share * take;
}

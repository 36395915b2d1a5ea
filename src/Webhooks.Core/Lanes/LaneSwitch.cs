using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Lanes;

/// <summary>Stops and starts lanes at the word of an endpoint's owner, inside the caller's transaction.</summary>
internal sealed class LaneSwitch(WebhooksDbContext db, TimeProvider clock)
{
    /// <summary>The lane of a new endpoint: empty, so nothing is ready. It widens as the endpoint shows that it answers.</summary>
    public void Add(Endpoint endpoint) => db.Lanes.Add(new Lane
    {
        EndpointId = endpoint.Id,
        ApplicationId = endpoint.ApplicationId,
        InFlightLimit = 1,
        Held = endpoint.IsHeld,
    });

    /// <summary>Nothing is claimed any more. What waits keeps waiting.</summary>
    public Task HoldAsync(EndpointId id, CancellationToken cancellationToken) =>
        HoldAsync(db.Lanes.Where(l => l.EndpointId == id), cancellationToken);

    /// <summary>Holds every lane of an application.</summary>
    public Task HoldAllAsync(ApplicationId id, CancellationToken cancellationToken) =>
        HoldAsync(db.Lanes.Where(l => l.ApplicationId == id), cancellationToken);

    /// <summary>
    /// Releases what waits at a pace: one attempt first, more with each delivery, so a recovering subscriber is not run over. What failed
    /// before does not count any more: the endpoint has its whole time again before it is disabled.
    /// </summary>
    public Task ResumeAsync(EndpointId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.Lanes.Where(l => l.EndpointId == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(l => l.Held, false)
                .SetProperty(l => l.ReadyAt, now)
                .SetProperty(l => l.PausedUntil, (DateTimeOffset?)null)
                .SetProperty(l => l.PauseReason, (PauseReason?)null)
                .SetProperty(l => l.FailingSince, (DateTimeOffset?)null)
                .SetProperty(l => l.InFlightLimit, 1),
            cancellationToken);
    }

    /// <summary>
    /// Sets how fast the lane works off what waits, beside the endpoint's own rate; the claim that leaves nothing due ends it. The lane is
    /// looked at again, because it may have been put to sleep by another pace.
    /// </summary>
    public Task PaceAsync(EndpointId id, int? maxPerSecond, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.Lanes.Where(l => l.EndpointId == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(l => l.ReleaseRate, maxPerSecond)
                .SetProperty(l => l.ReadyAt, l => l.Held ? null : (l.PausedUntil > now ? l.PausedUntil : now)),
            cancellationToken);
    }

    /// <summary>
    /// Takes changed limits into account: a lowered cap at once, a raised one by deliveries that succeed. The lane is looked at again,
    /// because it may have been put to sleep by the old limits.
    /// </summary>
    public Task RetuneAsync(EndpointId id, int cap, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.Lanes.Where(l => l.EndpointId == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(l => l.InFlightLimit, l => l.InFlightLimit > cap ? cap : l.InFlightLimit)
                .SetProperty(l => l.ReadyAt, l => l.Held ? null : (l.PausedUntil > now ? l.PausedUntil : now)),
            cancellationToken);
    }

    private static Task<int> HoldAsync(IQueryable<Lane> lanes, CancellationToken cancellationToken) =>
        lanes.ExecuteUpdateAsync(
            set => set.SetProperty(l => l.Held, true).SetProperty(l => l.ReadyAt, (DateTimeOffset?)null), cancellationToken);
}

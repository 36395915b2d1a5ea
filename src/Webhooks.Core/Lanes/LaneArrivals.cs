using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Lanes;

/// <summary>Adds single deliveries to lanes outside the outbox's own commit.</summary>
internal static class LaneArrivals
{
    /// <summary>
    /// Makes the lane ready for a delivery that the caller's transaction adds, and returns that delivery's sequence number. The
    /// lane's row is locked from here to the end of the transaction, so no claim can put the lane to sleep over the new row.
    /// </summary>
    public static async Task<long> ArriveAsync(this WebhooksDbContext db, EndpointId endpointId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lane = db.Lanes.Where(lane => lane.EndpointId == endpointId);
        await lane.ExecuteUpdateAsync(
            update => update
                .SetProperty(l => l.LastSequence, l => l.LastSequence + 1)
                .SetProperty(l => l.ReadyAt, l =>
                    l.Held || l.Saturated || l.ReadyAt < now ? l.ReadyAt
                    : l.PausedUntil > now ? l.PausedUntil
                    : now),
            cancellationToken);
        return await lane.Select(l => l.LastSequence).SingleAsync(cancellationToken);
    }
}

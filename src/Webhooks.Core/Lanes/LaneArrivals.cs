using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Lanes;

/// <summary>Adds deliveries to lanes outside the outbox's own commit.</summary>
internal static class LaneArrivals
{
    /// <inheritdoc cref="ArriveAsync(WebhooksDbContext, EndpointId, int, DateTimeOffset, CancellationToken)"/>
    /// <summary>For a single delivery: its sequence number is returned.</summary>
    public static Task<long> ArriveAsync(
        this WebhooksDbContext db, EndpointId endpointId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ArriveAsync(endpointId, 1, now, cancellationToken);

    /// <summary>
    /// Makes the lane ready for <paramref name="count"/> deliveries that the caller's transaction adds, and returns the sequence number of
    /// the last of them: the others have those before it. The lane's row is locked from here to the end of the transaction, so no claim can
    /// put the lane to sleep over the new rows.
    /// </summary>
    public static async Task<long> ArriveAsync(
        this WebhooksDbContext db, EndpointId endpointId, int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lane = db.Lanes.Where(lane => lane.EndpointId == endpointId);
        await lane.ExecuteUpdateAsync(
            update => update
                .SetProperty(l => l.LastSequence, l => l.LastSequence + count)
                .SetProperty(l => l.ReadyAt, l =>
                    l.Held || l.Saturated || l.ReadyAt < now ? l.ReadyAt
                    : l.PausedUntil > now ? l.PausedUntil
                    : now),
            cancellationToken);
        return await lane.Select(l => l.LastSequence).SingleAsync(cancellationToken);
    }
}

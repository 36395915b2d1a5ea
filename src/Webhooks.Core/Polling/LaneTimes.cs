using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Polling;

/// <summary>Finds the place of a time in a lane, by some twenty look-ups in the index however long the lane is.</summary>
internal sealed class LaneTimes(WebhooksDbContext db)
{
    // Rows stand in the order of their commits, their times come from the clocks of several nodes: nearly the same order. Within this
    // much of it nothing is skipped unseen.
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(5);

    private const int MaxWalk = 1_000;

    /// <returns>A sequence number: nothing up to it came in after <paramref name="time"/>.</returns>
    public async Task<long> FindAsync(EndpointId endpoint, long lastSequence, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var surelyOld = IdTime.Before(time, Disorder);
        var (old, end) = (0L, lastSequence);
        while (old < end)
        {
            var middle = old + (end - old) / 2;
            var next = await Following(endpoint, middle).FirstOrDefaultAsync(cancellationToken);
            if (next is not null && next.Sequence <= end && next.ArrivedAt <= surelyOld)
                old = next.Sequence;
            else
                end = middle;
        }

        return await WalkAsync(endpoint, old, time, cancellationToken);
    }

    // Row by row over the rest, as far as one query reaches: what is left then is only read in vain.
    private async Task<long> WalkAsync(EndpointId endpoint, long position, DateTimeOffset time, CancellationToken cancellationToken)
    {
        foreach (var row in await Following(endpoint, position).Take(MaxWalk).ToListAsync(cancellationToken))
        {
            if (row.ArrivedAt > time)
                break;
            position = row.Sequence;
        }

        return position;
    }

    private IQueryable<Arrival> Following(EndpointId endpoint, long position) =>
        db.Deliveries.Where(d => d.EndpointId == endpoint && d.Sequence > position)
            .OrderBy(d => d.Sequence).Select(d => new Arrival(d.Sequence, d.CreatedAt));

    private sealed record Arrival(long Sequence, DateTimeOffset ArrivedAt);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// Counts the lanes by walking them in the order of their keys, a page at each step: no index knows their states, and a step must cost the
/// same however many there are. With more lanes than one page holds, the counts are as old as a round takes.
/// </summary>
internal sealed class LaneCensus(int pageSize = LaneCensus.DefaultPageSize)
{
    public const int DefaultPageSize = 2_000;

    private EndpointId _last;
    private LaneCounts _running;

    /// <summary>What the last full round counted; null before its end.</summary>
    public LaneCounts? Counts { get; private set; }

    public async Task StepAsync(WebhooksDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var page = await BacklogQueries.LanesAfter(db, _last, pageSize).ToListAsync(cancellationToken);
        foreach (var lane in page)
            _running = Add(_running, lane, now);
        if (page.Count == pageSize)
        {
            _last = page[^1].EndpointId;
            return;
        }

        Counts = _running;
        (_last, _running) = (default, default);
    }

    private static LaneCounts Add(LaneCounts counts, BacklogQueries.CountedLane lane, DateTimeOffset now)
    {
        if (lane.Stranded)
            counts = counts with { Stranded = counts.Stranded + 1 };
        if (lane.Held)
            return counts with { Held = counts.Held + 1 };
        if (lane.PausedUntil > now)
            return counts with { Paused = counts.Paused + 1 };
        return lane.ReadyAt <= now ? counts with { Ready = counts.Ready + 1 } : counts with { Idle = counts.Idle + 1 };
    }
}

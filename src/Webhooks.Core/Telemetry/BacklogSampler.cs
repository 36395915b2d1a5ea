using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// Looks at the backlog every few seconds, where anybody listens: a scrape reads what was seen last and never the database. On every
/// node, because the nodes without workers are those that can still tell when all workers are gone.
/// </summary>
internal sealed class BacklogSampler(
    IServiceScopeFactory scopes, WebhooksMeter meter, BacklogGauges gauges, TimeProvider clock, ILogger<BacklogSampler> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly LaneCensus _census = new();
    private bool _isFailing;

    /// <summary>Eleven short queries.</summary>
    public static async Task<Backlog> SampleAsync(
        WebhooksDbContext db, LaneCensus census, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ready = await BacklogQueries.Ready(db, now).ToListAsync(cancellationToken);
        var oldestDueAt = ready.Min(lane => lane.OldestDueAt);
        var waiting = await BacklogQueries.Waiting(db).CountAsync(cancellationToken);
        var queued = await BacklogQueries.Queued(db).CountAsync(cancellationToken);
        var held = await BacklogQueries.Held(db).CountAsync(cancellationToken);
        var oldestMessage = await BacklogQueries.OldestMessage(db).FirstOrDefaultAsync(cancellationToken);
        var incidents = await BacklogQueries.OpenIncidents(db).ToDictionaryAsync(i => i.Kind, i => i.Count, cancellationToken);
        var failing = await BacklogQueries.FailingChannels(db).CountAsync(cancellationToken);
        var letters = await BacklogQueries.DeadLetters(db).ToDictionaryAsync(l => l.State, l => l.Count, cancellationToken);
        var notifiedSince = await BacklogQueries.OldestNotification(db).FirstOrDefaultAsync(cancellationToken);
        var unbalanced = await BacklogQueries.UnbalancedHours(db).CountAsync(cancellationToken);
        await census.StepAsync(db, now, cancellationToken);
        var onTheirWay = Math.Min(waiting + queued, BacklogQueries.MaxCounted);
        return new Backlog(
            now, Age(oldestDueAt), Age(ready.FirstOrDefault()?.ReadyAt), onTheirWay, held, Age(oldestMessage), incidents, census.Counts)
        {
            FailingChannels = failing,
            DeadLetters = Count(letters),
            OldestNotification = Age(notifiedSince),
            UnbalancedHours = unbalanced,
        };

        TimeSpan Age(DateTimeOffset? since) => since < now ? now - since.Value : TimeSpan.Zero;
    }

    private static DeadLetterCounts Count(Dictionary<DeadLetterState, int> letters) => new(
        letters.GetValueOrDefault(DeadLetterState.Open), letters.GetValueOrDefault(DeadLetterState.Acknowledged));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.Begin();
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
                await SampleAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task SampleAsync(CancellationToken stopping)
    {
        if (!gauges.AreListenedTo)
            return;

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
            gauges.Update(await SampleAsync(db, _census, clock.GetUtcMicroseconds(), stopping));
            _isFailing = false;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // The gauges fall silent when what they show grows old, which alerts can see.
            if (!_isFailing)
                logger.BacklogNotSampled(fault);
            _isFailing = true;
        }
    }
}

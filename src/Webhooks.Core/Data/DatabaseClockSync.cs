using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Data;

/// <summary>Keeps <see cref="DatabaseClock"/> to the database's: at the start, before anything is stored, and then every minute.</summary>
internal sealed class DatabaseClockSync(DatabaseClock clock, IWebhooksSql sql, ILogger<DatabaseClockSync> logger) : BackgroundService
{
    private const int Samples = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remarkable = TimeSpan.FromSeconds(1);

    private bool _isFailing;

    /// <summary>Asks a few times and follows the quickest answer, which says most.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var best = await AskAsync(cancellationToken);
        for (var i = 1; i < Samples; i++)
        {
            var sample = await AskAsync(cancellationToken);
            if (sample.Answered - sample.Asked < best.Answered - best.Asked)
                best = sample;
        }

        if (clock.Follow(best) is var moved && moved.Duration() >= Remarkable)
            logger.ClockMoved(moved);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryMeasureAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryMeasureAsync(CancellationToken stopping)
    {
        try
        {
            await MeasureAsync(stopping);
            _isFailing = false;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // This machine's monotonic clock goes on; in an hour it is off by some milliseconds.
            if (!_isFailing)
                logger.ClockNotMeasured(fault);
            _isFailing = true;
        }
    }

    private async Task<ClockSample> AskAsync(CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var time = await sql.GetUtcNowAsync(cancellationToken);
        return new ClockSample(time, asked, clock.GetTimestamp());
    }
}

using Hangfire.Server;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Short work that every worker does again and again: safe to do on several nodes at once and to miss, as the next time does what is left.
/// By this node's timers, so neither other nodes nor a step of a clock holds it up.
/// </summary>
/// <typeparam name="TWork">Made anew for each time.</typeparam>
internal sealed class RepeatedProcess<TWork>(
    IServiceScopeFactory scopes, Func<TWork, CancellationToken, Task> run, TimeSpan interval, TimeProvider clock, ILogger<TWork> logger)
    : IBackgroundProcessAsync
    where TWork : notnull
{
    private bool _isFailing;

    public async Task ExecuteAsync(BackgroundProcessContext context)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            do
                await RunAsync(context.StoppingToken);
            while (await timer.WaitForNextTickAsync(context.StoppingToken));
        }
        catch (OperationCanceledException) when (context.IsStopping)
        {
            // The node stops.
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await run(scope.ServiceProvider.GetRequiredService<TWork>(), stopping);
            _isFailing = false;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // Recover here: Hangfire would answer a fault with a back-off of minutes.
            if (!_isFailing)
                logger.RepeatedWorkFailed(fault, interval);
            _isFailing = true;
        }
    }
}

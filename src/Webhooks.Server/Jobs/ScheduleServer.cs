using Hangfire;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;

namespace Webhooks.Server.Jobs;

/// <summary>
/// Enqueues recurring jobs when their time has come, and removes what expired. Built here because the scheduler that Hangfire's own server
/// brings goes by this machine's clock: a node whose clock is ahead would put the next run off for all others.
/// </summary>
internal sealed class ScheduleServer(JobStorage storage, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private BackgroundProcessingServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var zones = new DefaultTimeZoneResolver();
        RecurringJobs.Register(new RecurringJobManager(storage, JobFilterProviders.Providers, zones, Now));
        _server = new BackgroundProcessingServer(
            storage,
            [new RecurringJobScheduler(new BackgroundJobFactory(), LookEvery, zones, Now).UseBackgroundPool(1)],
            new Dictionary<string, object>(),
            new BackgroundProcessingServerOptions { ServerName = "schedule" });
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
            return;

        _server.SendStop();
        await _server.WaitForShutdownAsync(cancellationToken);
    }

    public void Dispose() => _server?.Dispose();

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

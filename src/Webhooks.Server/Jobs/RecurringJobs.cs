using Hangfire;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Server.Jobs;

/// <summary>What runs again and again. Each is safe to run twice at once and to miss: the next run does what is left.</summary>
internal sealed class RecurringJobs(IRecurringJobManager jobs) : IHostedService
{
    private const string EveryFiveSeconds = "*/5 * * * * *";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<LeaseSweep>("lease-sweep", sweep => sweep.SweepExpiredAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<EndpointCleanup>("endpoint-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<OperationalRelay>("operational-relay", relay => relay.RunAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<IdempotencyCleanup>("idempotency-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<BackgroundTaskCleanup>(
            "background-task-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Hourly());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

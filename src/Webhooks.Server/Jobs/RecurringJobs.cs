using Hangfire;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Retention;

namespace Webhooks.Server.Jobs;

/// <summary>What runs again and again. Each is safe to run twice at once and to miss: the next run does what is left.</summary>
internal sealed class RecurringJobs(IRecurringJobManager jobs) : IHostedService
{
    public const string RetentionQueue = "retention";

    private const string EveryFiveSeconds = "*/5 * * * * *";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<LeaseSweep>("lease-sweep", sweep => sweep.SweepExpiredAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<EndpointCleanup>("endpoint-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<OperationalRelay>("operational-relay", relay => relay.RunAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<IdempotencyCleanup>("idempotency-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<BackgroundTaskCleanup>(
            "background-task-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Hourly());
        AddRetention();
        return Task.CompletedTask;
    }

    private void AddRetention()
    {
        jobs.AddOrUpdate<PayloadRetention>(
            "payload-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<AttemptRetention>(
            "attempt-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<MessageRetention>(
            "message-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<EndpointRetention>(
            "endpoint-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<ApplicationRetention>(
            "application-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

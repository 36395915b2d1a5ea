using Hangfire;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Channels;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Ledger;
using Webhooks.Core.Nodes;
using Webhooks.Core.Retention;

namespace Webhooks.Server.Jobs;

/// <summary>
/// What runs again and again on one node at a time: work that may take long and may wait. Each is safe to run twice at once and to miss: the
/// next run does what is left.
/// </summary>
internal static class RecurringJobs
{
    public const string RetentionQueue = "retention";

    private const string LedgerAuditJob = "ledger-audit";
    private const string LedgerSealJob = "ledger-seal";
    private const string EveryFiveSeconds = "*/5 * * * * *";

    public static void Register(IRecurringJobManager jobs)
    {
        jobs.AddOrUpdate<EndpointCleanup>("endpoint-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), EveryFiveSeconds);
        jobs.AddOrUpdate<IdempotencyCleanup>("idempotency-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<BackgroundTaskCleanup>(
            "background-task-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<ChannelHeartbeat>("channel-heartbeat", heartbeat => heartbeat.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<NodeCleanup>("node-cleanup", cleanup => cleanup.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<LedgerAudit>(LedgerAuditJob, audit => audit.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<LedgerSealer>(LedgerSealJob, sealer => sealer.RunAsync(CancellationToken.None), Cron.Hourly());
        AddRetention(jobs);

        // Whoever starts a node again after a crash wants to know at once whether everything is accounted for.
        jobs.Trigger(LedgerAuditJob);

        // A service that never runs at a full hour seals, too: a day without a seal that the books went on after is a fault.
        jobs.Trigger(LedgerSealJob);
    }

    private static void AddRetention(IRecurringJobManager jobs)
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
        jobs.AddOrUpdate<IncidentRetention>(
            "incident-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<LedgerRetention>(
            "ledger-retention", RetentionQueue, retention => retention.RunAsync(CancellationToken.None), Cron.Hourly());
    }
}

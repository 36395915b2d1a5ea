using Hangfire.Server;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Nodes;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Server.Jobs;

/// <summary>What every worker does from its start to its end.</summary>
internal sealed class WorkerProcesses(
    DeliveryProcess deliveries, NotificationProcess notifications, IServiceScopeFactory scopes, TimeProvider clock, ILoggerFactory loggers)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    public IEnumerable<IBackgroundProcessAsync> All =>
    [
        deliveries,
        notifications,
        Repeat<LeaseSweep>((sweep, token) => sweep.SweepExpiredAsync(token)),
        Repeat<NodeSweep>((sweep, token) => sweep.RunAsync(token)),
        Repeat<OperationalRelay>((relay, token) => relay.RunAsync(token)),
    ];

    private RepeatedProcess<TWork> Repeat<TWork>(Func<TWork, CancellationToken, Task> run) where TWork : notnull =>
        new(scopes, run, Often, clock, loggers.CreateLogger<TWork>());
}

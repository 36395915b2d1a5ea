using Hangfire.Server;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Nodes;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Server.Jobs;

/// <summary>What every worker does from its start to its end.</summary>
internal sealed class WorkerProcesses(
    DeliveryProcess deliveries, NotificationProcess notifications, IServiceScopeFactory scopes, TimeProvider clock, ILoggerFactory loggers)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);

    public IEnumerable<IBackgroundProcessAsync> All =>
    [
        deliveries,
        notifications,
        Repeat<LeaseSweep>(Often, (sweep, token) => sweep.SweepExpiredAsync(token)),
        Repeat<NodeSweep>(Often, (sweep, token) => sweep.RunAsync(token)),
        Repeat<OperationalRelay>(Often, (relay, token) => relay.RunAsync(token)),
        Repeat<IncidentKeeper>(Often, (keeper, token) => keeper.RunAsync(token)),
        Repeat<IncidentClosing>(Often, (closing, token) => closing.RunAsync(token)),
        Repeat<Escalator>(Often, (escalator, token) => escalator.RunAsync(token)),
        Repeat<FailingWatch>(Seldom, (watch, token) => watch.RunAsync(token)),
        Repeat<DisabledWatch>(Seldom, (watch, token) => watch.RunAsync(token)),
        Repeat<BacklogWatch>(Seldom, (watch, token) => watch.RunAsync(token)),
    ];

    private RepeatedProcess<TWork> Repeat<TWork>(TimeSpan interval, Func<TWork, CancellationToken, Task> run) where TWork : notnull =>
        new(scopes, run, interval, clock, loggers.CreateLogger<TWork>());
}

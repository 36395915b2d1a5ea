using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Server.Demo;

/// <summary>
/// What workers do again and again, every few seconds there, every few minutes here; sooner where something is known to be due. It makes no
/// difference to the rows: each looks for what has changed since.
/// </summary>
internal sealed class DemoUpkeep(DemoStage stage) : IHappening
{
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(18);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan OneMessage = TimeSpan.FromMilliseconds(640);

    public DateTimeOffset NextAt { get; private set; } = stage.Since;

    /// <summary>There is something to see to.</summary>
    public void Hurry() => NextAt = Earlier(NextAt, stage.Now + Soon);

    public async Task GoOnAsync()
    {
        NextAt = stage.Now + Seldom;
        await RunAsync<LeaseSweep>(sweep => sweep.SweepExpiredAsync(CancellationToken.None));
        await RunAsync<IncidentKeeper>(keeper => keeper.RunAsync(CancellationToken.None));
        await RunAsync<IncidentClosing>(closing => closing.RunAsync(CancellationToken.None));
        await RunAsync<FailingWatch>(watch => watch.RunAsync(CancellationToken.None));
        await RunAsync<DisabledWatch>(watch => watch.RunAsync(CancellationToken.None));
        await RunAsync<BacklogWatch>(watch => watch.RunAsync(CancellationToken.None));
        await RunAsync<Escalator>(escalator => escalator.RunAsync(CancellationToken.None));
        await RunAsync<OperationalRelay>(relay => relay.RunAsync(CancellationToken.None));
        await TellAsync();
        await DoTasksAsync();
        if (await FindNextAsync() is { } next)
            NextAt = Earlier(NextAt, next < stage.Now + Soon ? stage.Now + Soon : next);
    }

    private Task RunAsync<TWork>(Func<TWork, Task> work) where TWork : notnull => stage.Service.InScopeAsync(work);

    private async Task TellAsync()
    {
        var sender = stage.Service.Get<NotificationSender>();
        foreach (var channel in await sender.FindDueChannelsAsync(CancellationToken.None))
        {
            do
                stage.Clock.MoveBy(OneMessage);
            while (await sender.SendNextAsync(channel, CancellationToken.None));
        }
    }

    private async Task DoTasksAsync()
    {
        foreach (var id in await stage.Service.ReadAsync(db => db.BackgroundTasks.Running().Select(task => task.Id).ToListAsync()))
        {
            var goesOnAt = await stage.Service.InScopeAsync<BackgroundTaskRunner, DateTimeOffset?>(
                runner => runner.RunAsync(id, CancellationToken.None, isResumed: true));
            NextAt = Earlier(NextAt, goesOnAt ?? NextAt);
        }
    }

    /// <summary>When the next message or step of a policy is due.</summary>
    private Task<DateTimeOffset?> FindNextAsync() => stage.Service.ReadAsync(async db =>
    {
        var message = await db.Notifications.Where(n => n.State == NotificationState.Waiting).MinAsync(n => (DateTimeOffset?)n.DueAt);
        var step = await db.Incidents.Unresolved().MinAsync(i => i.EscalatesAt);
        return message < step ? message : step ?? message;
    });

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Notifications;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>The loop of each worker.</summary>
public abstract class NotificationPumpTests(Store store) : NotificationTests(store)
{
    [Fact]
    public async Task Run_OneChannelHangs_TheOthersAreToldAndTheStopWaitsNoLongerThanItMust()
    {
        var arrived = new TaskCompletionSource();
        await using var hanging = await HttpReceiver.StartAsync(async (context, _) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var told = new TaskCompletionSource();
        await using var healthy = await HttpReceiver.StartAsync((_, _) =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });
        await using var node = NewNode();
        var incident = await IncidentAsync();
        var stuck = await NotificationAsync(incident, await WebhookAsync(hanging));
        await NotificationAsync(incident, await WebhookAsync(healthy));
        using var stopping = new CancellationTokenSource();

        var running = node.GetRequiredService<NotificationPump>().RunAsync(stopping.Token);
        await arrived.Task.WaitAsync(Cancel);
        await told.Task.WaitAsync(Cancel);
        await stopping.CancelAsync();
        running.IsCompleted.ShouldBeFalse("what is under way may end");
        Clock.Advance(TimeSpan.FromSeconds(15));
        await running;

        var saved = await SavedAsync(stuck);
        (saved.State, saved.LeasedUntil).ShouldBe((NotificationState.Waiting, Clock.GetUtcNow() - TimeSpan.FromSeconds(15) + NotificationClaims.Lease));
    }

    [Fact]
    public async Task Run_ManyDue_TellsThemAllInOneLook()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        for (var i = 0; i < 5; i++)
            await NotificationAsync(await IncidentAsync(), channel);
        using var stopping = new CancellationTokenSource();
        var running = node.GetRequiredService<NotificationPump>().RunAsync(stopping.Token);

        while (await CountWaitingAsync() > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        await stopping.CancelAsync();
        await running;

        receiver.Requests.Count.ShouldBe(5);
    }

    private async Task<int> CountWaitingAsync()
    {
        await using var db = NewContext();
        return await db.Notifications.CountAsync(n => n.State == NotificationState.Waiting, Cancel);
    }
}

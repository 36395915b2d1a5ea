using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>Several nodes, and nodes that die: nothing untold, and nothing told by two at once.</summary>
public abstract class NotificationLeaseTests(Store store) : NotificationTests(store)
{
    [Fact]
    public async Task Send_FourNodesAtOnce_TellEachIncidentOnce()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var channel = await WebhookAsync(receiver);
        for (var i = 0; i < 20; i++)
            await NotificationAsync(await IncidentAsync(), channel);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var node = NewNode(("MessagesPerMinute", "1000"));
            while (await CountWaitingAsync() > 0)
                await SendAllAsync(node, channel);
        }, Cancel)));

        receiver.Requests.Select(told => told.Headers["webhook-id"]).ShouldBeUnique();
        receiver.Requests.Count.ShouldBe(20);
        (await Db.IncidentEvents.CountAsync(e => e.Type == IncidentEventType.Notified, Cancel)).ShouldBe(20);
    }

    [Fact]
    public async Task Take_ChannelIsInAnothersHand_TakesNothingOfIt()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        await NotificationAsync(await IncidentAsync(), channel);
        (await TakeAsync(node, channel)).ShouldNotBeNull();
        await NotificationAsync(await IncidentAsync(), channel);

        (await TakeAsync(node, channel)).ShouldBeNull();
    }

    [Fact]
    public async Task Send_WorkerDiedWithIt_IsToldAgainUnderTheSameIdWhenTheLeaseHasRunOut()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        var notification = await NotificationAsync(await IncidentAsync(), channel);
        await TakeAsync(node, channel);

        (await SendAllAsync(node, channel)).ShouldBe(0);
        Clock.Advance(NotificationClaims.Lease);

        (await SendAllAsync(node, channel)).ShouldBe(1);
        receiver.Single.Headers["webhook-id"].ShouldBe(notification.ToString());
        (await SavedAsync(notification)).Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Write_LeaseWasTakenOver_WritesNothingOverAnothersRecord()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (channel, incident) = (await WebhookAsync(receiver), await IncidentAsync());
        var notification = await NotificationAsync(incident, channel);
        var lost = (await TakeAsync(node, channel)).ShouldNotBeNull();
        Clock.Advance(NotificationClaims.Lease);
        await SendAllAsync(node, channel);

        await using var scope = node.CreateAsyncScope();
        var written = await scope.ServiceProvider.GetRequiredService<NotificationRecord>()
            .WriteAsync(lost, ChannelAnswer.Refused("Late."), Cancel);

        written.ShouldBe(0);
        (await SavedAsync(notification)).State.ShouldBe(NotificationState.Sent);
        (await TimelineAsync(incident)).ShouldBe([IncidentEventType.Notified]);
        (await SavedAsync(channel)).FailingSince.ShouldBeNull();
    }

    private static async Task<NotificationTurn?> TakeAsync(ServiceProvider node, ChannelId channel)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotificationClaims>().TakeAsync(channel, Cancel);
    }

    private async Task<int> CountWaitingAsync()
    {
        await using var db = NewContext();
        return await db.Notifications.CountAsync(n => n.State == NotificationState.Waiting, Cancel);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>That a channel does not work shows before it is needed.</summary>
public abstract class ChannelHeartbeatTests(Store store) : NotificationTests(store)
{
    private static readonly (string, string) Sends = ("HeartbeatSends", "true");

    [Fact]
    public async Task Run_ChannelThatWorks_IsCheckedOnceInTheTime()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode(("HeartbeatEvery", "01:00:00"));
        var channel = await WebhookAsync(receiver);

        (await RunAsync(node)).ShouldBe(1);
        (await RunAsync(node)).ShouldBe(0);
        receiver.Single.Body.ShouldContain("channel.heartbeat");
        (await SavedAsync(channel)).SucceededAt.ShouldBe(Now);
        Clock.Advance(TimeSpan.FromHours(1));

        (await RunAsync(node)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_ChannelThatFails_HasAnIncidentUntilItWorks()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number == 1 ? 410 : 200;
            return Task.CompletedTask;
        });
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);

        await RunAsync(node);

        (await Db.Incidents.SingleAsync(Cancel)).State.ShouldBe(IncidentState.Open);
        (await SavedAsync(channel)).Error.ShouldBe("It answered 410.");
        Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(node);
        (await Db.Incidents.SingleAsync(Cancel)).State.ShouldBe(IncidentState.Resolved);
        (await SavedAsync(channel)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Run_PagerDuty_IsCheckedByAChangeEventThatAlertsNobody()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(202);
        await using var node = NewNode();
        var channel = await PagerDutyAsync(receiver);

        (await RunAsync(node)).ShouldBe(1);

        receiver.Single.Path.ShouldBe("/v2/change/enqueue");
        (await SavedAsync(channel)).CheckedAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_CheckIsAMessageToPeople_IsMadeOnlyWhereThatIsWanted(bool isWanted)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = isWanted ? NewNode(Sends) : NewNode();
        ChannelId[] channels = [await ChatAsync(ChannelType.Slack, receiver), await ChatAsync(ChannelType.Teams, receiver)];

        (await RunAsync(node)).ShouldBe(isWanted ? 2 : 0);

        receiver.Requests.Count.ShouldBe(isWanted ? 2 : 0);
        foreach (var channel in channels)
            (await SavedAsync(channel)).CheckedAt.ShouldBe(isWanted ? Now : null);
    }

    [Fact]
    public async Task Run_DisabledChannel_IsLeftInPeace()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        await WebhookAsync(receiver, c => c.Disabled = true);

        (await RunAsync(node)).ShouldBe(0);
    }

    private static async Task<int> RunAsync(ServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ChannelHeartbeat>().RunAsync(Cancel);
    }
}

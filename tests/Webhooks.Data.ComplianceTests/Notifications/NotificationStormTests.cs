using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Notifications;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>Much at once: no channel is flooded, and nothing is left untold.</summary>
public abstract class NotificationStormTests(Store store) : NotificationTests(store)
{
    [Fact]
    public async Task Send_MoreThanAMinuteMayHave_LastMessageTellsOfAllThatIsLeft()
    {
        await using var receiver = await HttpReceiver.StartAsync((_, _) =>
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1)); // telling takes time
            return Task.CompletedTask;
        });
        await using var node = NewNode(("MessagesPerMinute", "3"));
        var channel = await WebhookAsync(receiver);
        await StormAsync(channel, 30);

        (await SendAllAsync(node, channel)).ShouldBe(3);

        receiver.Requests.Select(IncidentsIn).ShouldBe([1, 1, 28]);
        receiver.Requests.Last().Body.ShouldContain("incident.digest");
        (await Db.Notifications.CountAsync(n => n.State == NotificationState.Sent, Cancel)).ShouldBe(30);
    }

    [Fact]
    public async Task Send_MinuteIsFull_WaitsForTheNext()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode(("MessagesPerMinute", "1"));
        var channel = await WebhookAsync(receiver);
        await StormAsync(channel, 5);
        await SendAllAsync(node, channel);
        await StormAsync(channel, 4);

        (await SendAllAsync(node, channel)).ShouldBe(0);
        Clock.Advance(TimeSpan.FromSeconds(61));

        (await SendAllAsync(node, channel)).ShouldBe(1);
        receiver.Requests.Select(IncidentsIn).ShouldBe([5, 4]);
    }

    [Fact]
    public async Task Send_SeveralOfOneIncident_AreOneMessage()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (channel, incident) = (await WebhookAsync(receiver), await IncidentAsync());
        await NotificationAsync(incident, channel);
        await NotificationAsync(incident, channel, NotificationReason.Updated);

        (await SendAllAsync(node, channel)).ShouldBe(1);

        IncidentsIn(receiver.Single).ShouldBe(1);
        receiver.Single.Body.ShouldContain("incident.updated");
        (await TimelineAsync(incident)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ChannelIsDown_OneTryStandsForAllThatWaits()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(503, retryAfter: "30");
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver, c => c.FailingSince = Now);
        await StormAsync(channel, 6);

        await SendAllAsync(node, channel);

        receiver.Requests.Count.ShouldBe(1);
        (await Db.Notifications.ToListAsync(Cancel)).ShouldAllBe(n => n.Attempts == 1 && n.State == NotificationState.Waiting && n.DueAt > Now);
    }

    [Fact]
    public async Task Send_PagerDutyIsDown_OneTryStandsForAllThoughEachIsAnAlertOfItsOwn()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(403);
        await using var node = NewNode();
        var channel = await PagerDutyAsync(receiver, c => c.FailingSince = Now);
        await PolicyAsync(channel);
        await StormAsync(channel, 4);

        await SendAllAsync(node, channel);

        receiver.Requests.Count.ShouldBe(1);
        (await Db.Notifications.ToListAsync(Cancel)).ShouldAllBe(n => n.State == NotificationState.Failed);
        (await Db.Incidents.Where(i => i.ChannelId == null).ToListAsync(Cancel)).ShouldAllBe(i => i.EscalatesAt == Now);
    }

    [Fact]
    public async Task Send_PagerDutyIsBack_TellsAllOneByOne()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(202);
        await using var node = NewNode();
        var channel = await PagerDutyAsync(receiver, c => c.FailingSince = Now);
        await StormAsync(channel, 4);

        (await SendAllAsync(node, channel)).ShouldBe(4);

        receiver.Requests.Select(told => JsonNode.Parse(told.Body)!["dedup_key"]!.ToString()).ShouldBeUnique();
        (await Db.Notifications.ToListAsync(Cancel)).ShouldAllBe(n => n.State == NotificationState.Sent && n.Attempts == 1);
    }

    private async Task StormAsync(Core.Channels.ChannelId channel, int incidents)
    {
        for (var i = 0; i < incidents; i++)
            await NotificationAsync(await IncidentAsync(), channel);
    }

    private static int IncidentsIn(HttpTold told) => JsonNode.Parse(told.Body)!["data"]!["incidents"]!.AsArray().Count;
}

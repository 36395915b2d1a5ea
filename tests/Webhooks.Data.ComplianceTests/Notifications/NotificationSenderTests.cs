using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>From the notification's row to the channel, and what follows from its answer.</summary>
public abstract class NotificationSenderTests(Store store) : NotificationTests(store)
{
    [Fact]
    public async Task Send_Due_IsTakenAndStandsInTheTimeline()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (channel, incident) = (await WebhookAsync(receiver), await IncidentAsync());
        var notification = await NotificationAsync(incident, channel);

        (await SendAllAsync(node, channel)).ShouldBe(1);

        receiver.Single.Headers["webhook-id"].ShouldBe(notification.ToString());
        var saved = await SavedAsync(notification);
        (saved.State, saved.Attempts, saved.FinishedAt, saved.LeasedUntil).ShouldBe((NotificationState.Sent, 1, Now, null));
        (await TimelineAsync(incident)).ShouldBe([IncidentEventType.Notified]);
        (await SavedAsync(incident)).Version.ShouldBe(1);
        (await SavedAsync(channel)).SucceededAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Send_AcknowledgedMeanwhile_IsDroppedAndNobodyIsTold()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        var notification = await NotificationAsync(await IncidentAsync(i => i.State = IncidentState.Acknowledged), channel);

        (await SendAllAsync(node, channel)).ShouldBe(0);

        receiver.Requests.ShouldBeEmpty();
        (await SavedAsync(notification)).State.ShouldBe(NotificationState.Dropped);
    }

    [Fact]
    public async Task Send_SnoozedMeanwhile_WaitsForItsEnd()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        var notification = await NotificationAsync(await IncidentAsync(i => i.SnoozedUntil = Now.AddHours(1)), channel);

        (await SendAllAsync(node, channel)).ShouldBe(0);
        (await SavedAsync(notification)).DueAt.ShouldBe(Now.AddHours(1));
        Clock.Advance(TimeSpan.FromHours(1));

        (await SendAllAsync(node, channel)).ShouldBe(1);
    }

    [Fact]
    public async Task Send_RefusedForGood_NextStepIsDueAtOnceAndTheChannelHasAnIncident()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(404, "no such hook");
        await using var node = NewNode();
        var (channel, incident) = (await WebhookAsync(receiver), await IncidentAsync());
        await PolicyAsync(channel);
        var notification = await NotificationAsync(incident, channel);

        (await SendAllAsync(node, channel)).ShouldBe(0);

        var saved = await SavedAsync(notification);
        (saved.State, saved.Error, saved.FinishedAt).ShouldBe((NotificationState.Failed, "It answered 404: no such hook", Now));
        (await TimelineAsync(incident)).ShouldBe([IncidentEventType.NotificationFailed]);
        (await SavedAsync(incident)).EscalatesAt.ShouldBe(Now);
        var failing = await SavedAsync(channel);
        (failing.FailingSince, failing.Error).ShouldBe((Now, "It answered 404: no such hook"));
        var about = await Db.Incidents.SingleAsync(i => i.ChannelId == channel, Cancel);
        (about.Kind, about.State, about.EscalatesAt).ShouldBe((IncidentKind.Channel, IncidentState.Open, Now));
    }

    [Fact]
    public async Task Send_AllIsWellCouldNotBeTold_HurriesNobody()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(404);
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        await PolicyAsync(channel);
        var incident = await IncidentAsync(i => i.State = IncidentState.Acknowledged);
        await NotificationAsync(incident, channel, NotificationReason.Acknowledged);

        await SendAllAsync(node, channel);

        (await SavedAsync(incident)).EscalatesAt.ShouldBe(Now.AddMinutes(15));
    }

    [Fact]
    public async Task Send_FailsInPassing_IsTriedFiveTimesBeforeItIsGivenUp()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(503, retryAfter: "30");
        await using var node = NewNode();
        var (channel, incident) = (await WebhookAsync(receiver), await IncidentAsync());
        var notification = await NotificationAsync(incident, channel);
        var waits = new List<double>();

        for (var tried = 1; tried <= 4; tried++)
        {
            await SendAllAsync(node, channel);
            var waiting = await SavedAsync(notification);
            (waiting.State, waiting.Attempts).ShouldBe((NotificationState.Waiting, tried));
            waits.Add((waiting.DueAt - Now).TotalSeconds);
            Clock.Advance(waiting.DueAt - Now);
        }

        await SendAllAsync(node, channel);

        waits.ShouldBe([40, 80, 160, 320]);
        (await SavedAsync(notification)).State.ShouldBe(NotificationState.Failed);
        receiver.Requests.Count.ShouldBe(5);
        (await Db.Incidents.CountAsync(i => i.ChannelId == channel, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Send_ChannelWorksAgain_ItsIncidentIsOver()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number == 1 ? 404 : 200;
            return Task.CompletedTask;
        });
        await using var node = NewNode();
        var (channel, incident) = (await WebhookAsync(receiver), await IncidentAsync());
        await NotificationAsync(incident, channel);
        await SendAllAsync(node, channel);
        await NotificationAsync(incident, channel);

        (await SendAllAsync(node, channel)).ShouldBe(1);

        var about = await Db.Incidents.SingleAsync(i => i.ChannelId == channel, Cancel);
        (about.State, about.ResolvedBy).ShouldBe((IncidentState.Resolved, IncidentDesk.Service));
        var healthy = await SavedAsync(channel);
        (healthy.FailingSince, healthy.Error).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_ChannelDisabledOrDeletedMeanwhile_NextStepIsDueAtOnce(bool isDeleted)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var channel = isDeleted ? new ChannelId(77) : await WebhookAsync(receiver, c => c.Disabled = true);
        await PolicyAsync(channel);
        var incident = await IncidentAsync();
        var notification = await NotificationAsync(incident, channel);

        await SendAllAsync(node, channel);

        (await SavedAsync(notification)).State.ShouldBe(NotificationState.Failed);
        (await SavedAsync(incident)).EscalatesAt.ShouldBe(Now);
        (await TimelineAsync(incident)).ShouldBe([IncidentEventType.NotificationFailed]);
        (await Db.Incidents.AnyAsync(i => i.ChannelId != null, Cancel)).ShouldBeFalse("nothing is wrong with a channel that nobody wants");
        receiver.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_IncidentOfTheChannelItself_IsNotToldOverIt()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(404);
        await using var node = NewNode();
        var channel = await WebhookAsync(receiver);
        var notification = await NotificationAsync(await IncidentAsync(), channel);
        await SendAllAsync(node, channel);
        var about = await Db.Incidents.SingleAsync(i => i.ChannelId == channel, Cancel);
        var looping = await NotificationAsync(about.Id, channel);

        await SendAllAsync(node, channel);

        (await SavedAsync(looping)).State.ShouldBe(NotificationState.Dropped);
        (await SavedAsync(notification)).State.ShouldBe(NotificationState.Failed);
        receiver.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Find_DueChannels_AreThoseThatNobodyTellsJustNow()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (due, later) = (await WebhookAsync(receiver), await WebhookAsync(receiver));
        var incident = await IncidentAsync();
        await NotificationAsync(incident, due);
        await NotificationAsync(incident, due);
        await NotificationAsync(incident, later, dueIn: TimeSpan.FromMinutes(1));

        (await node.GetRequiredService<NotificationSender>().FindDueChannelsAsync(Cancel)).ShouldBe([due]);
    }
}

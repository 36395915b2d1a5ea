using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.Notifications;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>What the tests of incidents share: each service as its loop makes it, with a context of its own.</summary>
public abstract class IncidentTests(Store store) : StoreTests(store)
{
    private protected IncidentOptions Settings { get; set; } = new();

    private protected Task<Incident> IncidentAsync() => Db.Incidents.SingleAsync(Cancel);

    private protected async Task<List<IncidentEventType>> TimelineAsync() =>
        await Db.IncidentEvents.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Cancel);

    private protected async Task<List<(NotificationReason, ChannelId)>> NotificationsAsync() =>
        [.. (await Db.Notifications.OrderBy(n => n.Id).ToListAsync(Cancel)).Select(n => (n.Reason, n.ChannelId))];

    private protected IncidentDesk DeskOn(WebhooksDbContext db)
    {
        var timeline = new IncidentTimeline(db, Ids, Clock);
        return new(db, timeline, new ToldChannels(db, timeline, Ids, Clock), Ids, Clock, Options.Create(Settings));
    }

    /// <summary>Does something at the desk in a transaction of its own.</summary>
    private protected Task AtDeskAsync(Func<IncidentDesk, Task> act) => Given.WriteAsync(async db =>
    {
        await act(DeskOn(db));
        await db.SaveChangesAsync(Cancel);
    });

    /// <summary>Does something about the only incident.</summary>
    private protected Task AtDeskAsync(Func<IncidentDesk, Incident, Task> act) => Given.WriteAsync(async db =>
    {
        await act(DeskOn(db), await db.Incidents.AsTracking().SingleAsync(Cancel));
        await db.SaveChangesAsync(Cancel);
    });

    private protected Task AcknowledgeAsync(string who = "Ada") =>
        AtDeskAsync(async (desk, incident) => (await desk.AcknowledgeAsync(incident, who, Cancel)).ShouldBeNull());

    private protected Task ResolveAsync(string who = "Ada") =>
        AtDeskAsync(async (desk, incident) => (await desk.ResolveAsync(incident, who, null, Cancel)).ShouldBeNull());

    private protected async Task KeepAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        await new IncidentKeeper(db, sql ?? Sql, DeskOn(db), Clock).RunAsync(Cancel);
    }

    private protected async Task CloseAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        await new IncidentClosing(db, sql ?? Sql, DeskOn(db)).RunAsync(Cancel);
    }

    private protected async Task WatchFailingAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        await new FailingWatch(
            db, sql ?? Sql, DeskOn(db), new LaneSwitch(db, Clock), new EndpointEvents(db, Ids, Clock), Clock, Options.Create(Settings),
            NullLogger<FailingWatch>.Instance).RunAsync(Cancel);
    }

    private protected async Task WatchDisabledAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        await new DisabledWatch(db, sql ?? Sql, DeskOn(db)).RunAsync(Cancel);
    }

    private protected async Task WatchBacklogAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        await new BacklogWatch(db, sql ?? Sql, DeskOn(db), Clock, Options.Create(Settings)).RunAsync(Cancel);
    }

    private protected async Task EscalateAsync(IWebhooksSql? sql = null)
    {
        await using var db = NewContext();
        var timeline = new IncidentTimeline(db, Ids, Clock);
        await new Escalator(
            db, sql ?? Sql, DeskOn(db), timeline, Ids, Clock, new EscalationNotice(), new WebhooksMeter(Meters),
            NullLogger<Escalator>.Instance).RunAsync(Cancel);
    }

    private protected async Task<ChannelId> ChannelAsync(string name = "on-call", bool disabled = false)
    {
        var channel = new Channel
        {
            Id = Ids.New<ChannelId>(), Name = name, Type = ChannelType.Webhook, ProtectedSettings = [1], Disabled = disabled,
            CreatedAt = Now, UpdatedAt = Now,
        };
        await Given.SaveAsync(channel);
        return channel.Id;
    }

    private protected Task PolicyAsync(
        ApplicationId? application, int? repeatMinutes, params (int AfterMinutes, ChannelId Channel)[] steps) =>
        Given.SaveAsync(new EscalationPolicy
        {
            Id = Ids.New<EscalationPolicyId>(), ApplicationId = application, Name = "On call",
            Steps = [.. steps.Select(step => new EscalationStep(step.AfterMinutes, [step.Channel.ToString()]))],
            RepeatEvery = repeatMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, CreatedAt = Now, UpdatedAt = Now,
        });

    /// <summary>The channels took what there was to tell.</summary>
    private protected Task SentAsync() => Given.WriteAsync(db => db.Notifications
        .Where(n => n.State == NotificationState.Waiting)
        .ExecuteUpdateAsync(set => set.SetProperty(n => n.State, NotificationState.Sent)));

    /// <summary>Dead letters as commit 3 leaves them.</summary>
    private protected async Task LettersAsync(
        EndpointId endpoint, int count, DeadLetterReason? dead = DeadLetterReason.Rejected, HoldReason? held = null)
    {
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Given.SaveAsync([.. Enumerable.Range(0, count).Select(_ => new DeadLetter
        {
            DeliveryId = Ids.New<DeliveryId>(), ApplicationId = application, EndpointId = endpoint, MessageId = Ids.New<MessageId>(),
            EventType = Stores.Given.EventType, DeadReason = dead, HoldReason = held, State = DeadLetterState.Open, CreatedAt = Now,
        })]);
    }

    private protected Task DecideAsync(DeadLetterState state) =>
        Given.WriteAsync(db => db.DeadLetters.ExecuteUpdateAsync(set => set.SetProperty(d => d.State, state)));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Notifications;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Telemetry;

/// <summary>What the gauges show of a backlog.</summary>
public abstract class BacklogTests(Store store) : StoreTests(store)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Sample_NothingThere_IsZero()
    {
        var backlog = await SampleAsync();

        backlog.OpenIncidents.ShouldBeEmpty();
        backlog.ShouldBe(new Backlog(Now, TimeSpan.Zero, TimeSpan.Zero, 0, 0, TimeSpan.Zero, backlog.OpenIncidents, new LaneCounts()));
    }

    [Fact]
    public async Task Sample_Incidents_CountsThoseThatNobodyHasAcknowledgedByKind()
    {
        await Given.SaveAsync(
            Incident("a", IncidentKind.Failing, IncidentState.Open), Incident("b", IncidentKind.Failing, IncidentState.Open),
            Incident("c", IncidentKind.Failing, IncidentState.Acknowledged), Incident("d", IncidentKind.Held, IncidentState.Open),
            Incident("e", IncidentKind.Ours, IncidentState.Resolved));

        var backlog = await SampleAsync();

        backlog.OpenIncidents.ShouldBe(
            new Dictionary<IncidentKind, int> { [IncidentKind.Failing] = 2, [IncidentKind.Held] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Sample_NotificationIsDue_TellsSinceWhen()
    {
        await Given.SaveAsync(
            Notification(NotificationState.Waiting, Now - Minute), Notification(NotificationState.Waiting, Now - 3 * Minute),
            Notification(NotificationState.Sent, Now - 9 * Minute));

        (await SampleAsync()).OldestNotification.ShouldBe(3 * Minute);
    }

    [Fact]
    public async Task Sample_LedgerHasAResidue_CountsItsHours()
    {
        await Given.SaveAsync(Hour(missing: 1), Hour(missing: 0), Hour(missing: -1));

        (await SampleAsync()).UnbalancedHours.ShouldBe(2);
    }

    private Notification Notification(NotificationState state, DateTimeOffset dueAt) => new()
    {
        Id = Ids.New<NotificationId>(), IncidentId = Ids.New<IncidentId>(), ChannelId = Ids.New<ChannelId>(),
        Reason = NotificationReason.Escalated, Step = 0, State = state, DueAt = dueAt, CreatedAt = Now,
    };

    private LedgerHour Hour(long missing) => new()
    {
        Id = Ids.New<LedgerHourId>(), Hour = Now, ApplicationId = Ids.New<ApplicationId>(), EndpointId = Ids.New<EndpointId>(),
        FirstSequence = 0, LastSequence = 7, Counts = new LedgerCounts { Waiting = 7 - missing }, Residue = missing, CountedAt = Now,
    };

    private Incident Incident(string key, IncidentKind kind, IncidentState state) => new()
    {
        Id = Ids.New<IncidentId>(), Kind = kind, Key = key, State = state, Summary = "", OpenedAt = Now, OccurredAt = Now,
    };

    [Fact]
    public async Task Sample_NobodyClaims_AgesWithTheOldestOfAllReadyLanes()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        Clock.Advance(Minute);
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        Clock.Advance(Minute);

        var backlog = await SampleAsync();

        (backlog.OldestDue, backlog.LongestWait, backlog.Waiting).ShouldBe((2 * Minute, 2 * Minute, 2));
    }

    [Fact]
    public async Task Sample_LaneWasServedWithMoreLeft_TellsSinceWhenItWaitsAndSinceWhenItIsDue()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 500), 200);
        Clock.Advance(Minute);
        await ClaimAsync();
        Clock.Advance(Minute);

        var backlog = await SampleAsync();

        (backlog.OldestDue, backlog.LongestWait).ShouldBe((2 * Minute, Minute));
    }

    [Fact]
    public async Task Sample_DueLater_HasNoAge()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);

        var backlog = await SampleAsync();

        (backlog.OldestDue, backlog.LongestWait, backlog.Waiting).ShouldBe((TimeSpan.Zero, TimeSpan.Zero, 1));
    }

    [Fact]
    public async Task Sample_DeadLetters_AreCountedUntilTheyAreDecided()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.RetrySchedule = []), 6);
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold), 1);
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Unknown, claimed);
        await MarkAsync(DeadLetterState.Acknowledged, 2);
        await MarkAsync(DeadLetterState.Replayed, 1);
        await MarkAsync(DeadLetterState.Discarded, 1);

        (await SampleAsync()).DeadLetters.ShouldBe(new DeadLetterCounts(Open: 3, Acknowledged: 2));

        Task MarkAsync(DeadLetterState state, int count) => Given.WriteAsync(async db =>
        {
            var open = db.DeadLetters.AsTracking().Where(l => l.State == DeadLetterState.Open);
            foreach (var letter in await open.OrderBy(l => l.DeliveryId).Take(count).ToListAsync(Cancel))
                letter.State = state;
            await db.SaveChangesAsync(Cancel);
        });
    }

    [Fact]
    public async Task Sample_HeldAndPausedLanes_HaveNoAge()
    {
        var held = await Given.EndpointAsync();
        await Given.MessagesAsync(held, 1);
        await Given.HoldAsync(held);
        var paused = await Given.EndpointAsync();
        await Given.MessagesAsync(paused, 1);
        await Given.PauseAsync(paused, 5 * Minute);
        Clock.Advance(Minute);

        var backlog = await SampleAsync();

        (backlog.OldestDue, backlog.LongestWait, backlog.Waiting).ShouldBe((TimeSpan.Zero, TimeSpan.Zero, 2));
        backlog.Lanes.ShouldBe(new LaneCounts(Ready: 0, Idle: 0, Paused: 1, Held: 1, Stranded: 0));
    }

    [Fact]
    public async Task Sample_DeliveriesThatWaitForAHuman_AreCounted()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold), 1);
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);

        (await SampleAsync()).Held.ShouldBe(1);
    }

    [Fact]
    public async Task Sample_DeliveriesBehindOthersOfTheirKey_CountAsWaiting()
    {
        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => e.Ordered = true), "a", "a", "a", "b");

        (await SampleAsync()).Waiting.ShouldBe(4);
    }

    [Fact]
    public async Task Sample_OldMessages_TellsTheAgeOfTheOldest()
    {
        var application = await Given.ApplicationAsync();
        await Given.MessageAsync(application);
        Clock.Advance(Minute);
        await Given.MessageAsync(application);

        (await SampleAsync()).OldestMessage.ShouldBe(Minute);
    }

    [Fact]
    public async Task Census_MoreLanesThanAPage_CountsAllAfterARound()
    {
        for (var i = 0; i < 5; i++)
            await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        var census = new LaneCensus(pageSize: 2);

        await SampleAsync(census);
        await SampleAsync(census);
        var before = census.Counts;
        await SampleAsync(census);

        before.ShouldBeNull();
        census.Counts.ShouldBe(new LaneCounts(Ready: 5, Idle: 0, Paused: 0, Held: 0, Stranded: 0));
    }

    [Fact]
    public async Task Census_EveryStateThatTheServiceMakes_StrandsNothing()
    {
        await Given.EndpointAsync();
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 1), 3);
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.Disabled = true), 1);
        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => e.Ordered = true), "a", "a");
        await ClaimAsync();

        (await SampleAsync()).Lanes!.Value.Stranded.ShouldBe(0);
    }

    [Fact]
    public async Task Census_LaneSleepsOverAWaitingDelivery_IsStranded()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await Given.WriteAsync(db => db.Lanes.ExecuteUpdateAsync(set => set.SetProperty(l => l.ReadyAt, (DateTimeOffset?)null), Cancel));

        (await SampleAsync()).Lanes!.Value.Stranded.ShouldBe(1);
    }

    [Fact]
    public async Task Census_QueuedWithoutAHead_IsStranded()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        await Given.KeyedMessagesAsync(endpoint, "a", "a");
        await ClaimAsync();
        await Given.WriteAsync(async db =>
        {
            await db.Deliveries.Where(d => d.State == DeliveryState.Sending)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Delivered), Cancel);
            await db.Lanes.ExecuteUpdateAsync(set => set.SetProperty(l => l.InFlight, 0), Cancel);
        });

        (await SampleAsync()).Lanes!.Value.Stranded.ShouldBe(1);
    }

    [Fact]
    public async Task Gauges_FreshSample_ShowIt()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        Clock.Advance(Minute);
        using var readings = new Readings(Meters);
        var gauges = new BacklogGauges(Meters, NoPump, Clock);

        gauges.Update(await SampleAsync());
        readings.Observe();

        gauges.AreListenedTo.ShouldBeTrue();
        readings["webhooks.outbox.oldest_due_age"].ShouldBe(60);
        readings["webhooks.deliveries.waiting"].ShouldBe(1);
        readings["webhooks.lanes{state=ready}"].ShouldBe(1);
    }

    [Fact]
    public async Task Gauges_SampleGrewOld_ShowNothing()
    {
        using var readings = new Readings(Meters);
        var gauges = new BacklogGauges(Meters, NoPump, Clock);
        gauges.Update(await SampleAsync());
        Clock.Advance(BacklogGauges.Fresh + TimeSpan.FromSeconds(1));

        readings.Observe();

        readings.Count("webhooks.deliveries.waiting").ShouldBe(0);
        readings.Count("webhooks.lanes.stranded").ShouldBe(0);
    }

    [Fact]
    public void Gauges_NobodyListens_AreNotSampledFor() => new BacklogGauges(Meters, NoPump, Clock).AreListenedTo.ShouldBeFalse();

    private DeliveryPump NoPump => new(
        Sql, worker: null!, Recorder, WakeUp, new NodeName("node"), Clock, Options.Create(new DeliveryOptions()),
        NullLogger<DeliveryPump>.Instance);

    private async Task<Backlog> SampleAsync(LaneCensus? census = null)
    {
        await using var db = NewContext();
        return await BacklogSampler.SampleAsync(db, census ?? new LaneCensus(), Now, Cancel);
    }
}

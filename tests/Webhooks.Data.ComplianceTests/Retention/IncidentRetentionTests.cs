using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Retention;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.Retention;

public abstract class IncidentRetentionTests(Store store) : RetentionTests(store)
{
    [Fact]
    public async Task Run_ResolvedAPeriodAgo_RemovesItWithItsTimelineAndNotifications()
    {
        using var readings = new Readings(Meters);
        await IncidentAsync(events: 3);
        Clock.Advance(Periods.Incidents);

        await RemoveIncidentsAsync();

        (await RowsAsync()).ShouldBe((0, 0, 0));
        readings["webhooks.retention.removed{what=incident}"].ShouldBe(1);
    }

    [Fact]
    public async Task Run_MomentBeforeItsEnd_KeepsAll()
    {
        await IncidentAsync(events: 3);
        Clock.Advance(Periods.Incidents - Moment);

        await RemoveIncidentsAsync();

        (await RowsAsync()).ShouldBe((1, 3, 1));
    }

    [Fact]
    public async Task Run_NobodyResolvedIt_StaysForEver()
    {
        await IncidentAsync(state: IncidentState.Acknowledged);
        Clock.Advance(10 * Periods.Incidents);

        await RemoveIncidentsAsync();

        (await Db.Incidents.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_DeadLetterIsUndecided_StaysForEver()
    {
        var incident = await IncidentAsync();
        await LetterAsync(incident, DeadLetterState.Acknowledged);
        Clock.Advance(10 * Periods.Incidents);

        await RemoveIncidentsAsync();

        (await Db.Incidents.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_DeadLetterWasDecidedAbout_StaysAsLongAsThatDoes()
    {
        await LetterAsync(await IncidentAsync(), DeadLetterState.Discarded);
        Clock.Advance(Periods.Incidents);
        await RemoveIncidentsAsync();
        (await Db.Incidents.CountAsync(Cancel)).ShouldBe(1);

        await Given.WriteAsync(db => db.DeadLetters.ExecuteDeleteAsync(Cancel));
        await RemoveIncidentsAsync();

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_EndpointIsStillDisabled_StaysSoThatItIsNotToldAgain()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Disabled, e.DisabledReason) = (true, EndpointDisabledReason.Gone));
        await IncidentAsync(IncidentKind.Disabled, endpoint);
        Clock.Advance(Periods.Incidents);
        await RemoveIncidentsAsync();
        (await Db.Incidents.CountAsync(Cancel)).ShouldBe(1);

        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.DisabledReason, (EndpointDisabledReason?)null), Cancel));
        await RemoveIncidentsAsync();

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_OpenedAgainMeanwhile_TouchesNothingOfIt()
    {
        await IncidentAsync(events: 3);
        Clock.Advance(Periods.Incidents);

        await RemoveIncidentsAsync(Hooked(_ => Given.WriteAsync(db => db.Incidents.ExecuteUpdateAsync(
            set => set.SetProperty(i => i.ResolvedAt, (DateTimeOffset?)null).SetProperty(i => i.State, IncidentState.Open), Cancel))));

        (await RowsAsync()).ShouldBe((1, 3, 1));
    }

    [Fact]
    public async Task Run_LongTimelineAndManyIncidents_GoInSmallBatches()
    {
        await IncidentAsync(events: SmallBatch.MaxRows + 1);
        for (var i = 0; i < 120; i++)
            await IncidentAsync();
        Clock.Advance(Periods.Incidents);
        var transactions = 0;

        await RemoveIncidentsAsync(Hooked(_ =>
        {
            transactions++;
            return Task.CompletedTask;
        }));

        (await RowsAsync()).ShouldBe((0, 0, 0));
        transactions.ShouldBe(3, "a part of the timeline; the rest with the first hundred; the others");
    }

    private async Task<(int Incidents, int Events, int Notifications)> RowsAsync() => (
        await Db.Incidents.CountAsync(Cancel), await Db.IncidentEvents.CountAsync(Cancel), await Db.Notifications.CountAsync(Cancel));

    private async Task<IncidentId> IncidentAsync(
        IncidentKind kind = IncidentKind.Rejected, EndpointId? endpoint = null, IncidentState state = IncidentState.Resolved, int events = 1)
    {
        var id = Ids.New<IncidentId>();
        await Given.SaveAsync(new Incident
        {
            Id = id, Kind = kind, Key = id.ToString(), State = state, Summary = "It refuses.", OpenedAt = Now, OccurredAt = Now,
            EndpointId = endpoint, ResolvedAt = state == IncidentState.Resolved ? Now : null,
        });
        await Given.SaveAsync([.. Enumerable.Range(0, events).Select(_ => new IncidentEvent
        {
            Id = Ids.New<IncidentEventId>(), IncidentId = id, Type = IncidentEventType.Commented, Text = "Well.", CreatedAt = Now,
        })]);
        await Given.SaveAsync(new Notification
        {
            Id = Ids.New<NotificationId>(), IncidentId = id, ChannelId = new ChannelId(7), Reason = NotificationReason.Resolved, Step = 0,
            State = NotificationState.Sent, DueAt = Now, CreatedAt = Now, FinishedAt = Now,
        });
        return id;
    }

    private async Task LetterAsync(IncidentId incident, DeadLetterState state)
    {
        var endpoint = await Given.EndpointAsync();
        await Given.SaveAsync(new DeadLetter
        {
            DeliveryId = Ids.New<DeliveryId>(), ApplicationId = (await LaneAsync(endpoint)).ApplicationId, EndpointId = endpoint,
            MessageId = Ids.New<Core.Messages.MessageId>(), EventType = Stores.Given.EventType, DeadReason = DeadLetterReason.Rejected,
            State = state, CreatedAt = Now, IncidentId = incident,
        });
    }
}

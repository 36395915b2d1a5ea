using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>People hear of endpoints that the service disabled.</summary>
public abstract class DisabledWatchTests(Store store) : IncidentTests(store)
{
    [Fact]
    public async Task Run_EndpointAnsweredThatItIsGone_OpensAnIncident()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Status(410), (await ClaimAsync()).Deliveries);

        await Task.WhenAll(WatchDisabledAsync(), WatchDisabledAsync());

        var incident = await IncidentAsync();
        (incident.Kind, incident.EndpointId, incident.Openings).ShouldBe((IncidentKind.Disabled, endpoint, 1));
        incident.Summary.ShouldContain("410");
    }

    [Fact]
    public async Task NoteEnabled_BeforeAnybodyLooked_OpensTheIncidentAllTheSame()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Status(410), (await ClaimAsync()).Deliveries);

        await EnableAsync(endpoint);

        var incident = await IncidentAsync();
        (incident.Kind, incident.State, incident.EscalatesAt).ShouldBe((IncidentKind.Disabled, IncidentState.Open, Now));
        await CloseAsync();
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Resolved]);
    }

    [Fact]
    public async Task NoteEnabled_ItWasToldBefore_IsNoSecondIncident()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Disabled, e.DisabledReason) = (true, EndpointDisabledReason.Gone));
        await WatchDisabledAsync();

        await EnableAsync(endpoint);

        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Run_OwnerDisabledIt_IsNobodysTrouble()
    {
        await Given.EndpointAsync(e => e.Disabled = true);

        await WatchDisabledAsync();

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_APersonCalledItOver_IsNotToldAgainUntilItIsDisabledAgain()
    {
        await Given.EndpointAsync(e => (e.Disabled, e.DisabledReason) = (true, EndpointDisabledReason.Gone));
        await WatchDisabledAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await ResolveAsync();

        await WatchDisabledAsync();
        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);

        Clock.Advance(TimeSpan.FromMinutes(1));
        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(set => set.SetProperty(e => e.UpdatedAt, Now)));
        await WatchDisabledAsync();
        (await IncidentAsync()).State.ShouldBe(IncidentState.Open);
    }

    [Fact]
    public async Task Run_DiesBeforeItsCommit_TheNextRunTells()
    {
        await Given.EndpointAsync(e => (e.Disabled, e.DisabledReason) = (true, EndpointDisabledReason.Gone));

        await Should.ThrowAsync<TimeoutException>(() => WatchDisabledAsync(new CrashingSql(Sql, dies: 1)));
        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
        await WatchDisabledAsync();

        (await IncidentAsync()).EscalatesAt.ShouldBe(Now);
    }

    /// <summary>As its owner does.</summary>
    private Task EnableAsync(EndpointId id) => Given.WriteAsync(async db =>
    {
        var endpoint = await db.Endpoints.AsTracking().SingleAsync(e => e.Id == id, Cancel);
        var registry = new EndpointRegistry(
            db, new LaneSwitch(db, Clock), secrets: null!, headers: null!, new EndpointEvents(db, Ids, Clock),
            new DisabledWatch(db, Sql, DeskOn(db)), Ids, Clock, Options.Create(Given.Options));
        await registry.UpdateAsync(endpoint, new EndpointPatch().ApplyTo(endpoint) with { Disabled = false }, Cancel);
        await db.SaveChangesAsync(Cancel);
    });
}

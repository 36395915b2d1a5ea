using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
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
}

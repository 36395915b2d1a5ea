using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>People hear of a service that does not keep up.</summary>
public abstract class BacklogWatchTests(Store store) : IncidentTests(store)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Run_NobodyClaims_OpensOneIncidentThatEndsWithTheBacklog()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        Clock.Advance(Settings.BacklogAfter);
        await WatchBacklogAsync();
        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();

        Clock.Advance(Tick);
        await Task.WhenAll(WatchBacklogAsync(), WatchBacklogAsync());
        var opened = await IncidentAsync();
        (opened.Kind, opened.State, opened.EndpointId).ShouldBe((IncidentKind.Backlog, IncidentState.Open, null));

        await ClaimAsync();
        await WatchBacklogAsync();
        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Resolved]);
    }

    [Fact]
    public async Task Run_WaitedForItsEndpointsOwnPause_IsNotTheServicesFault()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await Given.PauseAsync(endpoint, TimeSpan.FromHours(1));

        Clock.Advance(TimeSpan.FromHours(1) + Settings.BacklogAfter);
        await WatchBacklogAsync();
        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();

        Clock.Advance(Tick);
        await WatchBacklogAsync();
        (await IncidentAsync()).Kind.ShouldBe(IncidentKind.Backlog);
    }

    [Fact]
    public async Task Run_DiesBeforeItsCommit_TheNextRunTells()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        Clock.Advance(Settings.BacklogAfter + Tick);

        await Should.ThrowAsync<TimeoutException>(() => WatchBacklogAsync(new CrashingSql(Sql, dies: 1)));
        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
        await WatchBacklogAsync();

        (await IncidentAsync()).EscalatesAt.ShouldBe(Now);
    }
}

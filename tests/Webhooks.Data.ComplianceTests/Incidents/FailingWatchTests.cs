using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>People hear of an endpoint to which nothing gets through before its dead letters come, and before it is disabled.</summary>
public abstract class FailingWatchTests(Store store) : IncidentTests(store)
{
    [Fact]
    public async Task Run_FailsForLong_OpensOneIncident()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);
        Clock.Advance(Settings.FailingAfter - TimeSpan.FromSeconds(1));
        await WatchFailingAsync();
        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();

        Clock.Advance(TimeSpan.FromSeconds(1));
        await WatchFailingAsync();
        await WatchFailingAsync();

        var incident = await IncidentAsync();
        (incident.Kind, incident.EndpointId).ShouldBe((IncidentKind.Failing, endpoint));
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Run_TwoAtOnce_OpenOneIncident()
    {
        await FailingAsync(TimeSpan.FromHours(1));

        await Task.WhenAll(WatchFailingAsync(), WatchFailingAsync(), WatchFailingAsync());

        (await IncidentAsync()).Openings.ShouldBe(1);
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Run_HeldOrDeletedEndpoints_AreNobodysTrouble()
    {
        await FailingAsync(TimeSpan.FromDays(9), lane => lane.Held = true);
        await Given.EndpointAsync(e => e.DeletedAt = Now, lane => lane.FailingSince = Now.AddDays(-1));

        await WatchFailingAsync();

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_DayAfterDay_WarnsThreeTimesAndThenDisables()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(OperationalApplication.Id);
        var endpoint = await Given.EndpointAsync(application, lane: lane => lane.FailingSince = Now);
        for (var hour = 0; hour <= 120; hour++)
        {
            await WatchFailingAsync();
            Clock.Advance(TimeSpan.FromHours(1));
        }

        var saved = await Db.Endpoints.SingleAsync(e => e.Id == endpoint, Cancel);
        (saved.Disabled, saved.DisabledReason).ShouldBe((true, EndpointDisabledReason.Failing));
        (await LaneAsync(endpoint)).Held.ShouldBeTrue();
        (await Db.OperationalEvents.SingleAsync(Cancel)).Type.ShouldBe(OperationalEventType.EndpointDisabled);
        var incidents = await Db.Incidents.OrderBy(i => i.Id).ToListAsync(Cancel);
        incidents.Select(i => (i.Kind, i.State)).ShouldBe(
            [(IncidentKind.Failing, IncidentState.Resolved), (IncidentKind.Disabled, IncidentState.Open)]);
        var said = await Db.IncidentEvents.Where(e => e.IncidentId == incidents[0].Id && e.Type == IncidentEventType.Updated)
            .OrderBy(e => e.Id).Select(e => e.Text).ToListAsync(Cancel);
        said.Select(text => text[..4]).ShouldBe(["50 %", "75 %", "90 %"]);
    }

    [Fact]
    public async Task Run_Warned_IsDueAgain()
    {
        var channel = await ChannelAsync();
        await PolicyAsync(null, null, (0, channel));
        await FailingAsync(TimeSpan.FromHours(59));
        await WatchFailingAsync();
        await EscalateAsync();
        Clock.Advance(TimeSpan.FromHours(1));

        await WatchFailingAsync();
        await EscalateAsync();

        (await NotificationsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Run_ServiceWasDownForDays_WarnsBeforeItDisables()
    {
        var endpoint = await FailingAsync(TimeSpan.FromHours(1));
        await WatchFailingAsync();
        Clock.Advance(TimeSpan.FromDays(9));

        await WatchFailingAsync();
        await WatchFailingAsync();

        (await Db.Endpoints.SingleAsync(e => e.Id == endpoint, Cancel)).Disabled.ShouldBeFalse();
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Updated]);
    }

    [Fact]
    public async Task Run_DiesBeforeItDisables_LeavesTheEndpointAsItWas()
    {
        var endpoint = await FailingAsync(TimeSpan.FromDays(9));
        await WatchFailingAsync();
        Clock.Advance(TimeSpan.FromDays(1));

        await Should.ThrowAsync<TimeoutException>(() => WatchFailingAsync(new CrashingSql(Sql, dies: 1)));

        (await Db.Endpoints.SingleAsync(e => e.Id == endpoint, Cancel)).Disabled.ShouldBeFalse();
        (await LaneAsync(endpoint)).Held.ShouldBeFalse();
        (await IncidentAsync()).Kind.ShouldBe(IncidentKind.Failing);
        await WatchFailingAsync();
        (await Db.Endpoints.SingleAsync(e => e.Id == endpoint, Cancel)).Disabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Run_NeverToBeDisabled_IsNot()
    {
        Settings = new() { DisableAfter = TimeSpan.Zero };
        await FailingAsync(TimeSpan.FromDays(300));
        await WatchFailingAsync();
        Clock.Advance(TimeSpan.FromDays(60));

        await WatchFailingAsync();

        (await IncidentAsync()).Kind.ShouldBe(IncidentKind.Failing);
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Run_MoreThanAPage_LooksAtAll()
    {
        var application = await Given.ApplicationAsync();
        var lanes = Enumerable.Range(0, 501).Select(_ => Ids.New<EndpointId>()).ToList();
        await Given.SaveAsync([.. lanes.Select(id => new Endpoint
        {
            Id = id, ApplicationId = application, Url = "https://example.com", CreatedAt = Now, UpdatedAt = Now,
        })]);
        await Given.SaveAsync([.. lanes.Select(id => new Lane
        {
            EndpointId = id, ApplicationId = application, InFlightLimit = 1, FailingSince = Now.AddHours(-1),
        })]);

        await WatchFailingAsync();

        (await Db.Incidents.CountAsync(Cancel)).ShouldBe(501);
    }

    private Task<EndpointId> FailingAsync(TimeSpan span, Action<Lane>? with = null) => Given.EndpointAsync(lane: lane =>
    {
        lane.FailingSince = Now - span;
        with?.Invoke(lane);
    });
}

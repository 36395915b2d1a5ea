using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>Incidents of endpoints end by themselves, and not before they are over.</summary>
public abstract class IncidentClosingTests(Store store) : IncidentTests(store)
{
    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task Run_LettersOfAnEndpoint_EndsOnceTheyAreDecidedAndItIsReached(bool isFailing, bool areUndecided, bool ends)
    {
        var endpoint = await Given.EndpointAsync(lane: lane => lane.FailingSince = isFailing ? Now : null);
        await LettersAsync(endpoint, 2);
        await KeepAsync();
        await DecideAsync(areUndecided ? DeadLetterState.Acknowledged : DeadLetterState.Discarded);

        await CloseAsync();

        var incident = await IncidentAsync();
        incident.State.ShouldBe(ends ? IncidentState.Resolved : IncidentState.Open);
        incident.ResolvedBy.ShouldBe(ends ? IncidentDesk.Service : null);
    }

    [Fact]
    public async Task Run_FailingEndpointIsReached_EndsItsIncident()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await WatchFailingAsync();
        await CloseAsync();
        (await IncidentAsync()).State.ShouldBe(IncidentState.Open);

        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await CloseAsync();

        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task Run_OwnerEnabledTheEndpointAgain_EndsItsIncidentAndGivesItItsWholeTime()
    {
        var endpoint = await Given.EndpointAsync(
            e => (e.Disabled, e.DisabledReason) = (true, EndpointDisabledReason.Gone), lane => lane.FailingSince = Now);
        await WatchDisabledAsync();
        await CloseAsync();
        (await IncidentAsync()).State.ShouldBe(IncidentState.Open);

        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(set => set
            .SetProperty(e => e.Disabled, false).SetProperty(e => e.DisabledReason, (EndpointDisabledReason?)null)));
        await Given.ResumeAsync(endpoint);
        await CloseAsync();

        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
        (await LaneAsync(endpoint)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Run_ManyIncidents_EndsAllThatAreOver()
    {
        var application = await Given.ApplicationAsync();
        for (var n = 0; n < 120; n++)
            await LettersAsync(await Given.EndpointAsync(application), 1);
        await KeepAsync();
        await DecideAsync(DeadLetterState.Replayed);

        await Task.WhenAll(CloseAsync(), CloseAsync());

        (await Db.Incidents.CountAsync(i => i.State == IncidentState.Resolved, Cancel)).ShouldBe(120);
        (await Db.IncidentEvents.CountAsync(e => e.Type == IncidentEventType.Resolved, Cancel)).ShouldBe(120);
    }

    [Fact]
    public async Task Run_DiesBeforeItsCommit_EndsNothing()
    {
        await LettersAsync(await Given.EndpointAsync(), 1);
        await KeepAsync();
        await DecideAsync(DeadLetterState.Replayed);

        await Should.ThrowAsync<TimeoutException>(() => CloseAsync(new CrashingSql(Sql, dies: 1)));

        (await IncidentAsync()).State.ShouldBe(IncidentState.Open);
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Run_TroubleOfTheServiceItself_IsNotItsBusiness()
    {
        await AtDeskAsync(desk => desk.ReportAsync(IncidentReport.OfService(IncidentKind.Ledger, "No balance."), Cancel));

        await CloseAsync();

        (await IncidentAsync()).State.ShouldBe(IncidentState.Open);
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>Every dead letter comes into one incident, whatever dies on the way.</summary>
public abstract class IncidentKeeperTests(Store store) : IncidentTests(store)
{
    [Fact]
    public async Task Run_DeliveryBecameADeadLetter_OpensItsIncident()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        await KeepAsync();

        var (incident, letter) = (await IncidentAsync(), await Db.DeadLetters.SingleAsync(Cancel));
        (incident.Kind, incident.EndpointId, letter.IncidentId).ShouldBe((IncidentKind.Rejected, endpoint, incident.Id));
        incident.ApplicationId.ShouldBe((await LaneAsync(endpoint)).ApplicationId);
    }

    [Fact]
    public async Task Run_AThousandOfOneEndpoint_AreOneIncidentAndOneEntry()
    {
        await LettersAsync(await Given.EndpointAsync(), 1_001);

        await KeepAsync();

        var incident = await IncidentAsync();
        (await Db.DeadLetters.CountAsync(d => d.IncidentId == incident.Id, Cancel)).ShouldBe(1_001);
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened]);
    }

    [Fact]
    public async Task Run_SeveralEndpointsAndKinds_AreAnIncidentEach()
    {
        var (one, other) = (await Given.EndpointAsync(), await Given.EndpointAsync());
        await LettersAsync(one, 2);
        await LettersAsync(one, 1, DeadLetterReason.NotSent);
        await LettersAsync(other, 1, dead: null, held: HoldReason.Parked);

        await KeepAsync();

        (await Db.Incidents.Select(i => i.Key).ToListAsync(Cancel)).ShouldBe(
            [$"{one}:Rejected", $"{one}:NotSent", $"{other}:Held"], ignoreOrder: true);
    }

    [Fact]
    public async Task Run_TwoAtOnce_SortEachOnceIntoOneIncident()
    {
        var endpoint = await Given.EndpointAsync();
        await LettersAsync(endpoint, 1_200);

        await Task.WhenAll(KeepAsync(), KeepAsync());

        var incident = await IncidentAsync();
        (await Db.DeadLetters.CountAsync(d => d.IncidentId == incident.Id, Cancel)).ShouldBe(1_200);
    }

    [Fact]
    public async Task Run_DiesBeforeItsCommit_LeavesNothingHalfAndTheNextRunDoesAll()
    {
        await LettersAsync(await Given.EndpointAsync(), 3);

        await Should.ThrowAsync<TimeoutException>(() => KeepAsync(new CrashingSql(Sql, dies: 1)));

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
        (await Db.IncidentEvents.AnyAsync(Cancel)).ShouldBeFalse();
        (await Db.DeadLetters.CountAsync(d => d.IncidentId == null, Cancel)).ShouldBe(3);
        await KeepAsync();
        (await IncidentAsync()).State.ShouldBe(IncidentState.Open);
    }

    [Fact]
    public async Task Run_IncidentIsAcknowledged_NewLettersAreToo()
    {
        var endpoint = await Given.EndpointAsync();
        await LettersAsync(endpoint, 1);
        await KeepAsync();
        await AcknowledgeAsync();
        Clock.Advance(TimeSpan.FromMinutes(20));

        await LettersAsync(endpoint, 2);
        await KeepAsync();

        (await Db.DeadLetters.CountAsync(d => d.State == DeadLetterState.Acknowledged && d.DecidedBy == "Ada", Cancel)).ShouldBe(3);
        var incident = await IncidentAsync();
        (incident.State, incident.EscalatesAt).ShouldBe((IncidentState.Acknowledged, null));
        (await TimelineAsync()).ShouldBe([IncidentEventType.Opened, IncidentEventType.Acknowledged, IncidentEventType.Updated]);
    }

    [Fact]
    public async Task Run_IncidentIsResolved_NewLettersOpenItAgain()
    {
        var endpoint = await Given.EndpointAsync();
        await LettersAsync(endpoint, 1);
        await KeepAsync();
        await ResolveAsync();

        await LettersAsync(endpoint, 1);
        await KeepAsync();

        var incident = await IncidentAsync();
        (incident.State, incident.Openings, incident.EscalatesAt).ShouldBe((IncidentState.Open, 2, Now));
        (await Db.DeadLetters.CountAsync(d => d.State == DeadLetterState.Open, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_AcknowledgedMoreThanFits_AcknowledgesTheRest()
    {
        await LettersAsync(await Given.EndpointAsync(), IncidentLetters.MaxBatch + 10);
        await KeepAsync();
        await AcknowledgeAsync();
        (await Db.DeadLetters.CountAsync(d => d.State == DeadLetterState.Open, Cancel)).ShouldBe(10);

        await KeepAsync();

        (await Db.DeadLetters.CountAsync(d => d.State == DeadLetterState.Open, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Run_DecidedBeforeItWasSorted_NeedsNobody()
    {
        await LettersAsync(await Given.EndpointAsync(), 1);
        await DecideAsync(DeadLetterState.Replayed);

        await KeepAsync();

        (await Db.Incidents.AnyAsync(Cancel)).ShouldBeFalse();
    }
}

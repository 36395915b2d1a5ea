using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>A lane with a backlog: new events beside those that have waited, in a set ratio.</summary>
public abstract class LaneFreshTests(Store store) : StoreTests(store)
{
    private readonly FreshTurns _fresh = new(0.25);

    [Fact]
    public async Task Claim_Backlog_AShareOfTheTurnIsTheNewestAndTheRestTheOldest()
    {
        await GivenBacklogOfAnHourAsync(Slots(8));

        (await ClaimSequencesAsync()).ShouldBe([1, 2, 3, 4, 5, 6, 59, 60]);
    }

    [Fact]
    public async Task Claim_BacklogThatIsDueAtOnce_AllTurnsAreServed()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 8), 20);
        var sent = new List<long>();

        while (await ClaimFreshAsync() is { Deliveries.Count: > 0 } claim)
        {
            sent.AddRange(claim.Deliveries.Select(delivery => delivery.Request.Sequence));
            await RecordAsync(Answers.Ok, claim.Deliveries);
        }

        sent.ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i), ignoreOrder: true);
    }

    [Fact]
    public async Task Claim_EventAfterHoursOfBacklog_GoesOutInTheNextTurn()
    {
        var endpoint = await GivenBacklogOfAnHourAsync(Slots(4));
        Clock.Advance(TimeSpan.FromHours(1));
        await Given.MessagesAsync(endpoint, 1);

        (await ClaimSequencesAsync()).ShouldBe([1, 2, 3, 61]);
    }

    [Fact]
    public async Task Claim_NoMoreIsDueThanTheTurnTakes_OldestFirst()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 8), 8);

        (await ClaimSequencesAsync()).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    [Fact]
    public async Task Claim_OneMoreIsDueThanTheTurnTakes_LeavesTheOneBetween()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 4);
        await Given.MessagesAsync(endpoint, 5);

        (await ClaimSequencesAsync()).ShouldBe([1, 2, 3, 5]);
        (await LaneAsync(endpoint)).Saturated.ShouldBeTrue();
    }

    [Fact]
    public async Task Claim_RowsThatAreDueLater_AreNotNew()
    {
        var endpoint = await GivenBacklogOfAnHourAsync(Slots(4));
        await RecordAsync(Answers.Status(500), (await ClaimAsync(maxDeliveries: 2)).Deliveries); // due again in 5 s, by then the newest

        (await ClaimSequencesAsync()).ShouldBe([3, 4, 5, 60]);
        (await LaneAsync(endpoint)).InFlight.ShouldBe(4);
    }

    [Fact]
    public async Task Claim_TurnsOfOne_EveryFourthIsTheNewest()
    {
        var endpoint = await GivenBacklogOfAnHourAsync(Slots(1));
        var sent = new List<long>();

        for (var turn = 0; turn < 8; turn++)
        {
            var claim = await ClaimFreshAsync();
            sent.AddRange(claim.Deliveries.Select(delivery => delivery.Request.Sequence));
            await RecordAsync(Answers.Ok, claim.Deliveries);
        }

        sent.ShouldBe([1, 2, 3, 60, 4, 5, 6, 59]);
        (await LaneAsync(endpoint)).InFlightLimit.ShouldBe(1);
    }

    [Fact]
    public async Task Claim_LaneComesBackFromAPause_RampHoldsTheShare()
    {
        var endpoint = await GivenBacklogOfAnHourAsync(Slots(8));
        await Given.PauseAsync(endpoint, TimeSpan.FromSeconds(15));
        Clock.Advance(TimeSpan.FromSeconds(15));
        var turns = new List<long[]>();

        for (var turn = 0; turn < 4; turn++)
        {
            var claim = await ClaimFreshAsync();
            turns.Add([.. claim.Deliveries.Select(delivery => delivery.Request.Sequence)]);
            await RecordAsync(Answers.Ok, claim.Deliveries);
        }

        turns.ShouldBe([[1], [2, 3], [4, 5, 6, 60], [7, 8, 9, 10, 11, 12, 58, 59]]);
    }

    [Fact]
    public async Task Claim_OrderedEndpoint_KeepsItsOrder()
    {
        var endpoint = await Given.EndpointAsync(e => (e.MaxInFlight, e.Ordered) = (4, true));
        await Given.KeyedMessagesAsync(endpoint, "a", "b", "c", "d", "e", "f");

        (await ClaimSequencesAsync()).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Claim_SeveralLanes_EachHasItsShare()
    {
        for (var i = 0; i < 3; i++)
            await GivenBacklogOfAnHourAsync(Slots(4));

        var claim = await ClaimFreshAsync();

        var lanes = claim.Deliveries.GroupBy(delivery => delivery.Request.EndpointId, delivery => delivery.Request.Sequence).ToList();
        lanes.Count.ShouldBe(3);
        lanes.ShouldAllBe(lane => lane.SequenceEqual(new long[] { 1, 2, 3, 60 }));
    }

    [Fact]
    public async Task Claim_PayloadOfTheNewestDoesNotFit_OldestGoOut()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 4);
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([.. Enumerable.Repeat(Given.Event(application, payload: new byte[1]), 9)]);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Writer.CommitAsync([Given.Event(application, payload: new byte[100])]);

        var claim = await Sql.ClaimAsync(Claiming() with { Fresh = _fresh, MaxPayloadBytes = 100 }, Cancel);

        claim.Deliveries.Select(delivery => delivery.Request.Sequence).ShouldBe([1, 2, 3]);
        (claim.OutOfBytes, claim.NextReadyAt).ShouldBe((true, Now));
    }

    private static Action<Endpoint> Slots(int slots) => endpoint => endpoint.MaxInFlight = slots;

    /// <summary>One delivery for each minute.</summary>
    private async Task<EndpointId> GivenBacklogOfAnHourAsync(Action<Endpoint> with)
    {
        var endpoint = await Given.EndpointAsync(with);
        for (var minute = 0; minute < 60; minute++)
        {
            await Given.MessagesAsync(endpoint, 1);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return endpoint;
    }

    private Task<Claim> ClaimFreshAsync() => Sql.ClaimAsync(Claiming() with { Fresh = _fresh }, Cancel);

    private async Task<IEnumerable<long>> ClaimSequencesAsync() =>
        (await ClaimFreshAsync()).Deliveries.Select(delivery => delivery.Request.Sequence);
}

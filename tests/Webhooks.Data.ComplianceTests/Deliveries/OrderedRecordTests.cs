using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Commit 3 at an endpoint that asks for order: whatever ends the head of a key gives the next its turn.</summary>
public abstract class OrderedRecordTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Record_HeadDelivered_NextOfItsKeyIsDueAndTheLaneReady()
    {
        var endpoint = await OrderedAsync("a", "b", "a", "a");
        var heads = (await ClaimAsync()).Deliveries;
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.Ok, heads.Single(d => d.OrderingKey == "a"));

        (await StatesAsync()).ShouldBe([DeliveryState.Delivered, DeliveryState.Sending, DeliveryState.Waiting, DeliveryState.Queued]);
        (await Db.Deliveries.SingleAsync(d => d.State == DeliveryState.Waiting, Cancel)).DueAt.ShouldBe(Now);
        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Record_HeadFails_KeepsItsKeyWaiting()
    {
        var endpoint = await OrderedAsync("a", "a");

        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        (await StatesAsync()).ShouldBe([DeliveryState.Waiting, DeliveryState.Queued]);
        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now + RetrySchedule.Default[0]);
    }

    [Fact]
    public async Task Record_HeadGivenBackUntried_KeepsItsKeyWaiting()
    {
        await OrderedAsync("a", "a");

        await RecordAsync(Answers.Shutdown, (await ClaimAsync()).Deliveries);

        (await StatesAsync()).ShouldBe([DeliveryState.Waiting, DeliveryState.Queued]);
    }

    [Fact]
    public async Task Record_HeadIsDead_NextHasItsTurn()
    {
        await OrderedAsync(e => e.RetrySchedule = [], "a", "a");

        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        (await StatesAsync()).ShouldBe([DeliveryState.Dead, DeliveryState.Waiting]);
    }

    [Fact]
    public async Task Record_HeadIsHeldForAPerson_NextHasItsTurn()
    {
        await OrderedAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold, "a", "a");

        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);

        (await StatesAsync()).ShouldBe([DeliveryState.Held, DeliveryState.Waiting]);
        (await Db.Deliveries.SingleAsync(d => d.State == DeliveryState.Held, Cancel)).HoldReason.ShouldBe(HoldReason.UnknownOutcome);
    }

    [Fact]
    public async Task Record_HeadFailedOftenEnough_IsParkedAndItsKeyGoesOn()
    {
        await OrderedAsync(e => e.ParkAfter = 2, "a", "a");
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);
        Clock.Advance(RetrySchedule.Default[0]);

        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        (await StatesAsync()).ShouldBe([DeliveryState.Held, DeliveryState.Waiting]);
        var parked = await Db.Deliveries.SingleAsync(d => d.State == DeliveryState.Held, Cancel);
        (parked.HoldReason, parked.Failures, parked.LastOutcome, parked.FinishedAt)
            .ShouldBe((HoldReason.Parked, 2, AttemptOutcome.Rejected, null));
    }

    [Fact]
    public async Task Record_PayloadIsGone_NextHasItsTurn()
    {
        await OrderedAsync("a", "a");
        var head = (await ClaimAsync()).Deliveries.Single();

        await Sql.RecordAsync([new DeliveryDecision(Given.Options, Now, 0.5, Ids).PayloadGone(head)], Now, Cancel);

        (await StatesAsync()).ShouldBe([DeliveryState.Dead, DeliveryState.Waiting]);
    }

    [Fact]
    public async Task Record_LaneIsHeld_NextIsDueAndTheLaneStaysAsleep()
    {
        var endpoint = await OrderedAsync("a", "a");
        var head = (await ClaimAsync()).Deliveries;
        await Given.HoldAsync(endpoint);

        await RecordAsync(Answers.Ok, head);

        (await StatesAsync()).ShouldBe([DeliveryState.Delivered, DeliveryState.Waiting]);
        (await LaneAsync(endpoint)).ReadyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Record_LaneIsPaused_IsReadyWhenThePauseIsOver()
    {
        var endpoint = await OrderedAsync("a", "a");
        var head = (await ClaimAsync()).Deliveries;
        await Given.PauseAsync(endpoint, TimeSpan.FromMinutes(1));

        await RecordAsync(Answers.Ok, head);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now.AddMinutes(1));
    }

    [Fact]
    public async Task Record_HeadAnswersGone_NextWaitsInTheHeldLane()
    {
        var endpoint = await OrderedAsync(e => e.RetrySchedule = [], "a", "a");

        await RecordAsync(Answers.Status(410), (await ClaimAsync()).Deliveries);

        (await StatesAsync()).ShouldBe([DeliveryState.Dead, DeliveryState.Waiting]);
        var lane = await LaneAsync(endpoint);
        (lane.Held, lane.ReadyAt).ShouldBe((true, null));
    }

    [Fact]
    public async Task Record_LeaseWasLost_GivesNobodyATurn()
    {
        await OrderedAsync("a", "a", "a");
        var head = (await ClaimAsync()).Deliveries.Single();
        await RecordAsync(Answers.Ok, head);

        var written = await RecordAsync(Answers.Ok, head);

        written.ShouldBe([false]);
        (await StatesAsync()).ShouldBe([DeliveryState.Delivered, DeliveryState.Waiting, DeliveryState.Queued]);
    }

    [Fact]
    public async Task Sweep_WorkerOfTheHeadWasLost_KeyGoesOnOnceTheHeadEnds()
    {
        await OrderedAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.DeadLetter, "a", "a");
        await ClaimAsync();
        Clock.Advance(Lease);

        await using var db = NewContext();
        var sweep = new LeaseSweep(db, Recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        await sweep.SweepExpiredAsync(Cancel);

        (await StatesAsync()).ShouldBe([DeliveryState.Dead, DeliveryState.Waiting]);
    }

    [Fact]
    public async Task Record_EndpointIsNotOrderedAnyMore_QueuedDrainInOrderAndNewOnesAreFree()
    {
        var endpoint = await OrderedAsync("a", "a", "a");
        await Given.OrderAsync(endpoint, false);
        await Given.KeyedMessagesAsync(endpoint, "a", "a");

        var rounds = new List<long[]>();
        while ((await ClaimAsync()).Deliveries is { Count: > 0 } claimed)
        {
            rounds.Add([.. claimed.Select(d => d.Request.Sequence)]);
            await RecordAsync(Answers.Ok, claimed);
        }

        rounds.ShouldBe([[1, 4, 5], [2], [3]]);
    }

    [Fact]
    public async Task Record_EndpointIsOrderedAgain_NewOnesQueueBehindTheOldOnes()
    {
        var endpoint = await OrderedAsync("a", "a");
        await Given.OrderAsync(endpoint, false);
        await Given.OrderAsync(endpoint, true);

        await Given.KeyedMessagesAsync(endpoint, "a");

        (await StatesAsync()).ShouldBe([DeliveryState.Waiting, DeliveryState.Queued, DeliveryState.Queued]);
    }

    private Task<EndpointId> OrderedAsync(params string?[] keys) => OrderedAsync(_ => { }, keys);

    private async Task<EndpointId> OrderedAsync(Action<Endpoint> with, params string?[] keys)
    {
        var endpoint = await Given.EndpointAsync(e =>
        {
            e.Ordered = true;
            with(e);
        });
        await Given.KeyedMessagesAsync(endpoint, keys);
        return endpoint;
    }

    private Task<List<DeliveryState>> StatesAsync() => Db.Deliveries.OrderBy(d => d.Sequence).Select(d => d.State).ToListAsync(Cancel);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Polling;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.Endpoints;

/// <summary>What follows when an owner deletes an endpoint that has deliveries.</summary>
public abstract class EndpointCleanupTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Run_EndpointDeleted_CancelsWhatWaitsInAllBatches()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2_100);
        await DeleteAsync(endpoint);

        await CleanAsync();

        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Canceled && d.FinishedAt == Now, Cancel)).ShouldBe(2_100);
        (await Db.Lanes.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_EndpointDeleted_CountsWhatWasCanceled()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await DeleteAsync(endpoint);
        using var readings = new Readings(Meters);

        await CleanAsync();

        readings["webhooks.deliveries.finished{state=canceled}"].ShouldBe(3);
    }

    [Fact]
    public async Task Run_EndpointDeleted_CancelsWhatIsHeld()
    {
        var endpoint = await Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);
        await DeleteAsync(endpoint);

        await CleanAsync();

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Canceled);
    }

    [Fact]
    public async Task Run_EndpointDeleted_CancelsWhatIsQueuedInAllBatches()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        await Given.MessagesAsync(endpoint, 2_100);
        await DeleteAsync(endpoint);

        await CleanAsync();

        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Canceled && d.FinishedAt == Now, Cancel)).ShouldBe(2_100);
        (await Db.Lanes.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_AttemptUnderWay_WaitsForItAndCancelsWhatComesBack()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        var claim = await ClaimAsync();
        await DeleteAsync(endpoint);

        await CleanAsync();
        var stateMeanwhile = (await Db.Deliveries.SingleAsync(Cancel)).State;
        await RecordAsync(Answers.NotSent, claim.Deliveries);
        await CleanAsync();

        stateMeanwhile.ShouldBe(DeliveryState.Sending);
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Canceled);
        (await Db.Lanes.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_EndpointDeleted_DiscardsItsDeadLettersInAllBatches()
    {
        var (endpoint, other) = (await DeadAsync(2_100), await DeadAsync(1));
        await DeleteAsync(endpoint);

        await CleanAsync();

        var letters = await Db.DeadLetters.Where(l => l.EndpointId == endpoint).ToListAsync(Cancel);
        letters.Count.ShouldBe(2_100);
        letters.ShouldAllBe(l => l.State == DeadLetterState.Discarded && l.DecidedBy == "service" && l.DecidedAt == Now
            && l.Note == "The endpoint was deleted by its owner.");
        (await Db.DeadLetters.SingleAsync(l => l.EndpointId == other, Cancel)).State.ShouldBe(DeadLetterState.Open);
    }

    [Fact]
    public async Task Run_AttemptUnderWayIsTheLast_DiscardsTheDeadLetterThatComesBack()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.MessagesAsync(endpoint, 1);
        var claim = await ClaimAsync();
        await DeleteAsync(endpoint);

        await CleanAsync();
        await RecordAsync(Answers.NotSent, claim.Deliveries);
        await CleanAsync();

        (await Db.DeadLetters.SingleAsync(Cancel)).State.ShouldBe(DeadLetterState.Discarded);
        (await Db.Lanes.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_DecidedBefore_LeavesThatDecision()
    {
        var endpoint = await DeadAsync(1);
        await Given.WriteAsync(db => db.DeadLetters.ExecuteUpdateAsync(
            set => set.SetProperty(l => l.State, DeadLetterState.Replayed).SetProperty(l => l.DecidedBy, "key_1"), Cancel));
        await DeleteAsync(endpoint);

        await CleanAsync();

        var letter = await Db.DeadLetters.SingleAsync(Cancel);
        (letter.State, letter.DecidedBy, letter.Note).ShouldBe((DeadLetterState.Replayed, "key_1", null));
    }

    [Fact]
    public async Task Run_EndpointDeleted_ForgetsItsReaders()
    {
        var (endpoint, other) = (await Given.EndpointAsync(), await Given.EndpointAsync());
        await Given.SaveAsync(Reader(endpoint), Reader(other));
        await DeleteAsync(endpoint);

        await CleanAsync();

        (await Db.PollConsumers.SingleAsync(Cancel)).EndpointId.ShouldBe(other);
    }

    [Fact]
    public async Task Run_EndpointLives_TouchesNothing()
    {
        var endpoint = await Given.EndpointAsync(e => e.Disabled = true);
        await Given.MessagesAsync(endpoint, 3);

        await CleanAsync();

        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Waiting, Cancel)).ShouldBe(3);
    }

    private async Task<EndpointId> DeadAsync(int count)
    {
        var endpoint = await Given.EndpointAsync(e => (e.RetrySchedule, e.MaxInFlight) = ([], 512));
        await Given.MessagesAsync(endpoint, count);
        while (await ClaimAsync() is { Deliveries: { Count: > 0 } claimed })
            await RecordAsync(Answers.Status(400), claimed);
        return endpoint;
    }

    private PollConsumer Reader(EndpointId endpoint) => new() { EndpointId = endpoint, Name = "warehouse", Sequence = 1, UpdatedAt = Now };

    private async Task CleanAsync()
    {
        await using var db = NewContext();
        await new EndpointCleanup(
            db, Sql, new LaneSwitch(db, Clock), new LedgerBooking(db, Sql, Ids, Clock), new WebhooksMeter(Meters), Clock).RunAsync(Cancel);
    }

    private async Task DeleteAsync(EndpointId endpoint)
    {
        await Given.HoldAsync(endpoint);
        await using var db = NewContext();
        await db.Endpoints.Where(e => e.Id == endpoint).ExecuteUpdateAsync(set => set.SetProperty(e => e.DeletedAt, Now), Cancel);
    }
}

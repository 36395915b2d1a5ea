using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>A worker that was lost between commit 2 and commit 3.</summary>
public abstract class LeaseSweepTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Sweep_LeaseRunsStill_LeavesIt()
    {
        await LostAsync();
        Clock.Advance(Lease - TimeSpan.FromMicroseconds(1));

        (await SweepAsync()).ShouldBe(0);

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Sending);
    }

    [Fact]
    public async Task Sweep_LeaseRanOut_IsUnknownAndDueAgainAtOurCost()
    {
        await LostAsync();
        Clock.Advance(Lease);

        (await SweepAsync()).ShouldBe(1);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.LastOutcome, saved.LeaseToken).ShouldBe((DeliveryState.Waiting, AttemptOutcome.Unknown, null));
        (saved.Attempts, saved.Failures, saved.OwnFaults).ShouldBe((1, 0, 1));
        saved.DueAt.ShouldBeInRange(Now, Now.AddSeconds(2));
    }

    [Fact]
    public async Task Sweep_LeaseRanOut_LeavesAnAttempt()
    {
        var claimedAt = Now;
        var lost = await LostAsync();
        Clock.Advance(Lease);

        await SweepAsync();

        var attempt = await Db.Attempts.SingleAsync(Cancel);
        (attempt.DeliveryId, attempt.Number, attempt.StartedAt, attempt.Node).ShouldBe((lost.Request.DeliveryId, 1, claimedAt, "node"));
        (attempt.Outcome, attempt.StatusCode, attempt.ErrorCode).ShouldBe((AttemptOutcome.Unknown, null, AttemptErrorCodes.WorkerLost));
    }

    [Fact]
    public async Task Sweep_LeaseRanOut_LaneIsReadyForItAgain()
    {
        await LostAsync();
        Clock.Advance(Lease);

        await SweepAsync();

        var lane = await Db.Lanes.SingleAsync(Cancel);
        lane.InFlight.ShouldBe(0);
        lane.ReadyAt.ShouldBe((await Db.Deliveries.SingleAsync(Cancel)).DueAt);
    }

    [Fact]
    public async Task Sweep_SaturatedLane_WakesIt()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        await ClaimAsync();
        Clock.Advance(Lease);

        await SweepAsync();

        (await ClaimAsync()).Deliveries.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Sweep_WorkerRecordsAfterwards_SweepStands()
    {
        var lost = await LostAsync();
        Clock.Advance(Lease);
        await SweepAsync();

        var written = await RecordAsync(Answers.Ok, lost);

        written.ShouldBe([false]);
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public async Task Sweep_EndpointHoldsUnknownOutcomes_IsHeld()
    {
        await LostAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);
        Clock.Advance(Lease);

        await SweepAsync();

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Held);
    }

    [Fact]
    public async Task Sweep_EndpointWantsAtMostOnce_IsADeadLetterAndNeverClaimedAgain()
    {
        await LostAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.DeadLetter);
        Clock.Advance(Lease);

        await SweepAsync();

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.DeadReason, saved.FinishedAt).ShouldBe((DeliveryState.Dead, DeadLetterReason.Unknown, Now));
        Clock.Advance(TimeSpan.FromDays(7));
        (await ClaimAsync()).Deliveries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_DeliveryThatLosesEveryWorker_EndsAsADeadLetterOfOurs()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);

        for (var i = 0; i < Given.Options.MaxOwnFaults; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(8));
            (await ClaimAsync()).Deliveries.Count.ShouldBe(1);
            Clock.Advance(Lease);
            await SweepAsync();
        }

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.DeadReason, saved.Failures).ShouldBe((DeliveryState.Dead, DeadLetterReason.Ours, 0));
    }

    [Fact]
    public async Task Sweep_MoreThanOneBatch_ClosesAll()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 1_000), 600);
        while ((await ClaimAsync(maxDeliveries: 1_000)).Deliveries.Count > 0)
        {
        }

        Clock.Advance(Lease);

        (await SweepAsync()).ShouldBe(600);
        (await Db.Lanes.SingleAsync(Cancel)).InFlight.ShouldBe(0);
    }

    private async Task<ClaimedDelivery> LostAsync(Action<Endpoint>? with = null)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(with), 1);
        return (await ClaimAsync()).Deliveries.Single();
    }

    private async Task<int> SweepAsync()
    {
        await using var db = NewContext();
        var sweep = new LeaseSweep(db, Recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        return await sweep.SweepExpiredAsync(Cancel);
    }
}

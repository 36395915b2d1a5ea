using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Commit 3: what becomes of a leased delivery, its attempt and its lane.</summary>
public abstract class RecordTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Record_Delivered_IsFinished()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(Answers.Ok, claimed);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.LastOutcome, saved.FinishedAt, saved.DeadReason).ShouldBe((DeliveryState.Delivered, AttemptOutcome.Delivered, Now, null));
        (saved.Attempts, saved.Failures, saved.OwnFaults).ShouldBe((1, 0, 0));
        (saved.LeaseToken, saved.LeasedUntil, saved.LeasedBy).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Record_Rejected_WaitsForItsNextAttempt()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(Answers.Status(500), claimed);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.LastOutcome, saved.DueAt, saved.FinishedAt)
            .ShouldBe((DeliveryState.Waiting, AttemptOutcome.Rejected, Now + RetrySchedule.Default[0], null));
        (saved.Attempts, saved.Failures, saved.OwnFaults).ShouldBe((1, 1, 0));
        (saved.LeaseToken, saved.LeasedUntil, saved.LeasedBy).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Record_UnknownWithHoldPolicy_IsHeld()
    {
        var claimed = await ClaimedAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);

        await RecordAsync(Answers.Unknown, claimed);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.HoldReason, saved.LastOutcome, saved.FinishedAt)
            .ShouldBe((DeliveryState.Held, HoldReason.UnknownOutcome, AttemptOutcome.Unknown, null));
        (saved.LeaseToken, saved.LeasedUntil, saved.LeasedBy).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Record_ScheduleExhausted_IsDead()
    {
        var claimed = await ClaimedAsync(e => e.RetrySchedule = []);

        await RecordAsync(Answers.NotSent, claimed);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.DeadReason, saved.FinishedAt).ShouldBe((DeliveryState.Dead, DeadLetterReason.NotSent, Now));
        (saved.LeaseToken, saved.LeasedUntil, saved.LeasedBy).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Record_NothingWasTried_GivesTheAttemptBack()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(Answers.Shutdown, claimed);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.DueAt, saved.Attempts, saved.LastOutcome).ShouldBe((DeliveryState.Waiting, Now, 0, null));
        (await Db.Attempts.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Record_AnyAttempt_RowIsComplete()
    {
        var claimed = await ClaimedAsync();
        var record = Given.Record(claimed, Answers.Status(500) with
        {
            Timings = new AttemptTimings(Milliseconds(1), Milliseconds(2), Milliseconds(3), Milliseconds(4), Milliseconds(5)),
            ResponseHeaders = "a: b\nc: d",
            ResponseBody = [0, 255, 7],
            Receipt = ReceiptFinding.NotProcessed,
        });

        await Sql.RecordAsync([record], Now, Cancel);

        (await Db.Attempts.SingleAsync(Cancel)).ShouldBeEquivalentTo(record.Attempt);
    }

    [Fact]
    public async Task Record_Receipt_IsDeliveredWithoutAnAnswerAndLeavesTheLanesHealthAsItIs()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var before = await LaneAsync(endpoint);

        await RecordAsync(Answers.Received, (await ClaimAsync()).Deliveries);

        var saved = await Db.Deliveries.SingleAsync(Cancel);
        (saved.State, saved.LastOutcome, saved.Attempts, saved.FinishedAt)
            .ShouldBe((DeliveryState.Delivered, AttemptOutcome.Unknown, 2, Now));
        var lane = await LaneAsync(endpoint);
        (lane.InFlight, lane.InFlightLimit, lane.FailingSince, lane.ReadyAt)
            .ShouldBe((0, before.InFlightLimit, before.FailingSince.ShouldNotBeNull(), null));
    }

    [Fact]
    public async Task Record_AttemptWithoutAnswer_OptionalColumnsAreNull()
    {
        var record = Given.Record(await ClaimedAsync(), Answers.NotSent);

        await Sql.RecordAsync([record], Now, Cancel);

        (await Db.Attempts.SingleAsync(Cancel)).ShouldBeEquivalentTo(record.Attempt);
    }

    [Fact]
    public async Task Record_LastAttemptUnderWayEnds_LaneHasNoneInFlightAndSleeps()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(Answers.Ok, claimed);

        var lane = await Db.Lanes.SingleAsync(Cancel);
        (lane.InFlight, lane.ReadyAt).ShouldBe((0, null));
    }

    [Fact]
    public async Task Record_DueAgain_LaneIsReadyThen()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(Answers.NotSent, claimed);

        (await Db.Lanes.SingleAsync(Cancel)).ReadyAt.ShouldBe(Now + RetrySchedule.Default[0]);
    }

    [Fact]
    public async Task Record_DueAgainAfterAnotherRow_LaneIsReadyForTheEarlierOne()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        var claim = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Status(400, TimeSpan.FromMilliseconds(1)), claim.Take(1));
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.NotSent, claim.Skip(1));

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now.AddSeconds(4));
    }

    [Fact]
    public async Task Record_LaneWasHeldMeanwhile_StaysAsleep()
    {
        var claimed = await ClaimedAsync();
        await Given.HoldAsync(claimed.Request.EndpointId);

        await RecordAsync(Answers.NotSent, claimed);

        var lane = await Db.Lanes.SingleAsync(Cancel);
        (lane.InFlight, lane.ReadyAt).ShouldBe((0, null));
    }

    [Fact]
    public async Task Record_CircuitOpen_PausesTheLaneAndKeepsTheAttempt()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(new AttemptResult { Outcome = null, CircuitOpenFor = TimeSpan.FromSeconds(30) }, claimed);

        var lane = await Db.Lanes.SingleAsync(Cancel);
        var until = Now.AddSeconds(33); // with the jitter that the tests draw
        (lane.PausedUntil, lane.PauseReason, lane.ReadyAt).ShouldBe((until, PauseReason.CircuitOpen, until));
        (await Db.Deliveries.SingleAsync(Cancel)).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Record_Gone_DisablesTheEndpointAndHoldsItsLane()
    {
        var claimed = await ClaimedAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.Status(410), claimed);

        var endpoint = await Db.Endpoints.SingleAsync(Cancel);
        (endpoint.Disabled, endpoint.DisabledReason, endpoint.UpdatedAt).ShouldBe((true, EndpointDisabledReason.Gone, Now));
        var lane = await Db.Lanes.SingleAsync(Cancel);
        (lane.Held, lane.ReadyAt, lane.InFlight).ShouldBe((true, null, 0));
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public async Task Record_GoneAfterTheOwnerDisabledIt_KeepsTheOwnersReason()
    {
        var claimed = await ClaimedAsync();
        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.Disabled, true), Cancel));

        await RecordAsync(Answers.Status(410), claimed);

        (await Db.Endpoints.SingleAsync(Cancel)).DisabledReason.ShouldBeNull();
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private async Task<ClaimedDelivery> ClaimedAsync(Action<Endpoint>? with = null)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(with), 1);
        return (await ClaimAsync()).Deliveries.Single();
    }
}

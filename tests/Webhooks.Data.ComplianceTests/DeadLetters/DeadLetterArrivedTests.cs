using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.DeadLetters;

/// <summary>A person's word that what was unknown has arrived: the delivery is delivered, once, and only where that can be so.</summary>
public abstract class DeadLetterArrivedTests(Store store) : DeadLetterTests(store)
{
    [Fact]
    public async Task Arrive_Held_IsDeliveredByThatWordAndLeavesTheLaneAsItIs()
    {
        var endpoint = await HoldingAsync();
        await AttemptedAsync(endpoint, 1, Answers.Unknown);
        var lane = await LaneAsync(endpoint);
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await ArriveAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        var letter = await LetterAsync();
        (letter.State, letter.DecidedBy, letter.DecidedAt, letter.Note)
            .ShouldBe((DeadLetterState.Arrived, Person, Now, "Found in its books."));
        var ended = await Db.Deliveries.SingleAsync(Cancel);
        (ended.State, ended.HoldReason, ended.FinishedAt, ended.LastOutcome)
            .ShouldBe((DeliveryState.Delivered, null, Now, AttemptOutcome.Unknown));
        (await LaneAsync(endpoint)).ShouldBeEquivalentTo(lane);
        (await Db.Attempts.CountAsync(a => a.Outcome == AttemptOutcome.Delivered, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Arrive_DeadOfAnUnknownOutcome_IsDelivered()
    {
        await AttemptedAsync(await AtMostOnceAsync(), 1, Answers.Unknown);

        (await ArriveAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        var ended = await Db.Deliveries.SingleAsync(Cancel);
        (ended.State, ended.DeadReason).ShouldBe((DeliveryState.Delivered, null));
        (await LetterAsync()).DeadReason.ShouldBe(DeadLetterReason.Unknown);
    }

    [Fact]
    public async Task Arrive_RefusedAfterAnUnknownOutcome_IsDelivered()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = [TimeSpan.FromSeconds(1)]);
        await AttemptedAsync(endpoint, 1, Answers.Unknown);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(Answers.Status(409), (await ClaimAsync()).Deliveries);

        (await ArriveAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task Arrive_NothingIsUnknown_IsRefusedAndStaysAsItIs()
    {
        await AttemptedAsync(await EndpointAsync(), 1, Answers.Status(400));

        (await ArriveAsync((await LetterAsync()).DeliveryId)).ShouldBe(400);

        (await LetterAsync()).State.ShouldBe(DeadLetterState.Open);
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Dead);
    }

    [Fact]
    public async Task Arrive_ReplayWhoseOwnOutcomeIsKnown_IsRefused()
    {
        var endpoint = await HoldingAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Unknown))[0];
        await Given.WriteAsync(db =>
            db.Endpoints.ExecuteUpdateAsync(set => set.SetProperty(e => e.RetrySchedule, (List<TimeSpan>)[]), Cancel));
        await Given.ResendAsync(message, endpoint);
        await RecordAsync(Answers.Status(400), (await ClaimAsync()).Deliveries);

        (await ArriveAsync((await LettersAsync())[1].DeliveryId)).ShouldBe(400);
        (await ArriveAsync((await LettersAsync())[0].DeliveryId)).ShouldBe(409); // it was replayed
    }

    [Fact]
    public async Task Arrive_Unknown_IsNotSentByReplayMissingOrRecover()
    {
        var endpoint = await AtMostOnceAsync();
        await AttemptedAsync(endpoint, 1, Answers.Unknown);
        await ArriveAsync((await LetterAsync()).DeliveryId);

        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, endpoint))).Matched.ShouldBe(0);
        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint))).Matched.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Arrive_DecidedOtherwiseAtTheSameMoment_OneOfThemCounts(bool isDiscarded)
    {
        await AttemptedAsync(await HoldingAsync(), 1, Answers.Unknown);
        var id = (await LetterAsync()).DeliveryId;

        var decided = await Task.WhenAll(
            Task.Run(() => ArriveAsync(id), Cancel), Task.Run(() => isDiscarded ? DiscardAsync(id) : ReplayAsync(id), Cancel));

        decided.Order().ShouldBe([0, 409]);
        var hasArrived = decided[0] == 0;
        var other = isDiscarded ? DeadLetterState.Discarded : DeadLetterState.Replayed;
        (await LetterAsync()).State.ShouldBe(hasArrived ? DeadLetterState.Arrived : other);
        (await Db.Deliveries.SingleAsync(d => d.ReplayNumber == 0, Cancel)).State
            .ShouldBe(hasArrived ? DeliveryState.Delivered : DeliveryState.Canceled);
        (await Db.Deliveries.CountAsync(d => d.ReplayNumber > 0, Cancel)).ShouldBe(hasArrived || isDiscarded ? 0 : 1);
    }

    private Task<EndpointId> AtMostOnceAsync() => Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.DeadLetter);
}

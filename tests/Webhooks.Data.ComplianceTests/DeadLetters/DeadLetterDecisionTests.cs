using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.DeadLetters;

/// <summary>Whatever sends a message again decides about its dead letters, and a decision is made once.</summary>
public abstract class DeadLetterDecisionTests(Store store) : DeadLetterTests(store)
{
    [Fact]
    public async Task Resend_DeadLetterOfTheMessageThere_IsReplayedByIt()
    {
        var (endpoint, other) = (await EndpointAsync(), await EndpointAsync());
        var message = (await AttemptedAsync(endpoint, 2, Answers.Status(400)))[0];
        await AttemptedAsync(other, 1, Answers.Status(400));
        Clock.Advance(TimeSpan.FromSeconds(1));

        await Given.ResendAsync(message, endpoint);

        var letter = await Db.DeadLetters.SingleAsync(l => l.State == DeadLetterState.Replayed, Cancel);
        var again = await Db.Deliveries.SingleAsync(d => d.ReplayNumber == 1, Cancel);
        (letter.MessageId, letter.EndpointId, letter.ReplayDeliveryId, letter.DecidedBy, letter.DecidedAt, letter.Note)
            .ShouldBe((message, endpoint, again.Id, Given.Person, Now, null));
        (await Db.DeadLetters.CountAsync(l => l.State == DeadLetterState.Open, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Resend_Acknowledged_IsReplayed()
    {
        var endpoint = await EndpointAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Status(400)))[0];
        await SetStateAsync(DeadLetterState.Acknowledged);

        await Given.ResendAsync(message, endpoint);

        (await LetterAsync()).State.ShouldBe(DeadLetterState.Replayed);
    }

    [Fact]
    public async Task Resend_DiscardedBefore_LeavesThatDecision()
    {
        var endpoint = await EndpointAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Status(400)))[0];
        await DiscardAsync((await LetterAsync()).DeliveryId);

        await Given.ResendAsync(message, endpoint);

        var letter = await LetterAsync();
        (letter.State, letter.ReplayDeliveryId).ShouldBe((DeadLetterState.Discarded, null));
    }

    [Fact]
    public async Task Resend_DiesAgain_IsADeadLetterOfItsOwn()
    {
        var endpoint = await EndpointAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Status(400)))[0];
        await Given.ResendAsync(message, endpoint);

        await RecordAsync(Answers.Status(400), (await ClaimAsync()).Deliveries);
        await Given.ResendAsync(message, endpoint);

        var letters = await LettersAsync();
        letters.Select(l => l.State).ShouldBe([DeadLetterState.Replayed, DeadLetterState.Replayed]);
        letters[0].ReplayDeliveryId.ShouldBe(letters[1].DeliveryId);
        letters[1].ReplayDeliveryId.ShouldBe((await Db.Deliveries.SingleAsync(d => d.ReplayNumber == 2, Cancel)).Id);
    }

    [Fact]
    public async Task Recover_ManyDeadLetters_AreReplayedEachByItsOwn()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 150, Answers.Status(400));

        await RunAsync(await ReplayAsync(BackgroundTaskKind.Recover, endpoint, asked => asked with { By = Person }));

        var letters = await LettersAsync();
        letters.ShouldAllBe(l => l.State == DeadLetterState.Replayed && l.DecidedBy == Person);
        var again = await Db.Deliveries.Where(d => d.ReplayNumber == 1).ToDictionaryAsync(d => d.MessageId, d => d.Id, Cancel);
        letters.ShouldAllBe(l => l.ReplayDeliveryId == again[l.MessageId]);
    }

    [Fact]
    public async Task Replay_DeadLetter_IsANewDeliveryOfTheMessageAndTheOldOneStaysDead()
    {
        var endpoint = await EndpointAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Status(400)))[0];

        (await ReplayAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        var again = await Db.Deliveries.SingleAsync(d => d.ReplayNumber == 1, Cancel);
        (again.MessageId, again.State, again.TriggerType).ShouldBe((message, DeliveryState.Waiting, AttemptTrigger.Manual));
        (await Db.Deliveries.SingleAsync(d => d.ReplayNumber == 0, Cancel)).State.ShouldBe(DeliveryState.Dead);
        (await ClaimAsync()).Deliveries.ShouldHaveSingleItem().Request.IsReplay.ShouldBeTrue();
    }

    [Fact]
    public async Task Discard_Dead_StaysDeadAndSaysWhoAndWhy()
    {
        await AttemptedAsync(await EndpointAsync(), 1, Answers.Status(400));
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await DiscardAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        var letter = await LetterAsync();
        (letter.State, letter.DecidedBy, letter.DecidedAt, letter.Note)
            .ShouldBe((DeadLetterState.Discarded, Person, Now, "Booked by hand."));
        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Dead);
    }

    [Fact]
    public async Task Discard_Held_CountsAsFinishedAndADeadOneNotOnceMore()
    {
        using var readings = new Readings(Meters);
        var endpoint = await Given.EndpointAsync(e => (e.RetrySchedule, e.UnknownOutcomePolicy) = ([], UnknownOutcomePolicy.Hold));
        await Given.MessagesAsync(endpoint, 2);
        var claimed = (await ClaimAsync()).Deliveries;
        await RecordAsync(Answers.Unknown, claimed[0]);
        await RecordAsync(Answers.Status(500), claimed[1]);

        foreach (var delivery in claimed)
            await DiscardAsync(delivery.Request.DeliveryId);

        readings["webhooks.deliveries.finished{state=canceled}"].ShouldBe(1);
    }

    [Fact]
    public async Task Discard_Held_EndsAsCanceledAndLeavesTheLaneAsItIs()
    {
        var endpoint = await HoldingAsync();
        await AttemptedAsync(endpoint, 1, Answers.Unknown);
        var lane = await LaneAsync(endpoint);

        (await DiscardAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        var ended = await Db.Deliveries.SingleAsync(Cancel);
        (ended.State, ended.HoldReason, ended.FinishedAt).ShouldBe((DeliveryState.Canceled, null, Now));
        (await LaneAsync(endpoint)).ShouldBeEquivalentTo(lane);
    }

    [Fact]
    public async Task Discard_Parked_ItsKeyGoesOnInOrder()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Ordered, e.ParkAfter) = (true, 1));
        await Given.KeyedMessagesAsync(endpoint, "a", "a", "a");
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        (await DiscardAsync((await LetterAsync()).DeliveryId)).ShouldBe(0);

        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        (await Db.Deliveries.OrderBy(d => d.Sequence).Select(d => d.State).ToListAsync(Cancel))
            .ShouldBe([DeliveryState.Canceled, DeliveryState.Delivered, DeliveryState.Delivered]);
    }

    [Fact]
    public async Task Discard_Held_IsNotSentByReplayMissing()
    {
        var endpoint = await HoldingAsync();
        await AttemptedAsync(endpoint, 1, Answers.Unknown);
        await DiscardAsync((await LetterAsync()).DeliveryId);

        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, endpoint))).Matched.ShouldBe(0);
    }

    [Fact]
    public async Task Replay_SameLetterByTwoAtOnce_IsOneNewDelivery()
    {
        await AttemptedAsync(await EndpointAsync(), 1, Answers.Status(400));
        var id = (await LetterAsync()).DeliveryId;

        var decided = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReplayAsync(id), Cancel)));

        decided.Order().ShouldBe([0, 409, 409, 409]);
        (await Db.Deliveries.CountAsync(d => d.ReplayNumber > 0, Cancel)).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replay_DiscardedAtTheSameMoment_OneOfThemCounts(bool isHeld)
    {
        await AttemptedAsync(isHeld ? await HoldingAsync() : await EndpointAsync(), 1, isHeld ? Answers.Unknown : Answers.Status(400));
        var id = (await LetterAsync()).DeliveryId;

        var decided = await Task.WhenAll(Task.Run(() => ReplayAsync(id), Cancel), Task.Run(() => DiscardAsync(id), Cancel));

        decided.Order().ShouldBe([0, 409]);
        var letter = await LetterAsync();
        letter.State.ShouldBe(decided[0] == 0 ? DeadLetterState.Replayed : DeadLetterState.Discarded);
        (await Db.Deliveries.CountAsync(d => d.ReplayNumber > 0, Cancel)).ShouldBe(decided[0] == 0 ? 1 : 0);
    }

    [Fact]
    public async Task Replay_ResentAtTheSameMoment_IsDecidedOnceAndEveryNewDeliveryHasAPlaceOfItsOwn()
    {
        var endpoint = await EndpointAsync();
        var message = (await AttemptedAsync(endpoint, 1, Answers.Status(400)))[0];
        var id = (await LetterAsync()).DeliveryId;

        var replay = Task.Run(() => ReplayAsync(id), Cancel);
        await Task.WhenAll(replay, Task.Run(() => Given.ResendAsync(message, endpoint), Cancel));

        // A resend is always done. If it came first, it has decided, and the replay is refused.
        var again = await Db.Deliveries.Where(d => d.ReplayNumber > 0).OrderBy(d => d.ReplayNumber).ToListAsync(Cancel);
        again.Count.ShouldBe(await replay == 0 ? 2 : 1);
        (await LetterAsync()).ReplayDeliveryId.ShouldBe(again[0].Id);
        again.Select(d => d.Sequence).ShouldBeUnique();
    }

    [Fact]
    public async Task Replay_LetterOfANeighbourIsWrittenMeanwhile_StaysOpen()
    {
        var endpoint = await EndpointAsync();
        await AttemptedAsync(endpoint, 1, Answers.Status(400));
        var id = (await LetterAsync()).DeliveryId;
        await Given.MessagesAsync(endpoint, 1);
        var claimed = (await ClaimAsync()).Deliveries;

        await Task.WhenAll(
            Task.Run(() => ReplayAsync(id), Cancel), Task.Run(() => RecordAsync(Answers.Status(400), claimed), Cancel));

        (await LettersAsync()).Select(l => l.State).ShouldBe([DeadLetterState.Replayed, DeadLetterState.Open]);
    }

    private Task SetStateAsync(DeadLetterState state) =>
        Given.WriteAsync(db => db.DeadLetters.ExecuteUpdateAsync(set => set.SetProperty(l => l.State, state), Cancel));
}

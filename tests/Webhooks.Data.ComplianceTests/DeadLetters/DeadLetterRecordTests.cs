using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.DeadLetters;

/// <summary>Commit 3 puts what is not tried any more in front of people, whichever way it came to its end, and nothing else.</summary>
public abstract class DeadLetterRecordTests(Store store) : DeadLetterTests(store)
{
    [Fact]
    public async Task Record_ScheduleExhausted_IsADeadLetterWithAllThatIsKnown()
    {
        var claimed = await ClaimedAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.Status(500), claimed);

        var letter = await LetterAsync();
        var lane = await LaneAsync(claimed.Request.EndpointId);
        (letter.DeliveryId, letter.EndpointId, letter.MessageId, letter.ApplicationId, letter.EventType).ShouldBe(
            (claimed.Request.DeliveryId, lane.EndpointId, claimed.Request.MessageId, lane.ApplicationId, Given.EventType));
        (letter.DeadReason, letter.HoldReason, letter.State, letter.CreatedAt)
            .ShouldBe((DeadLetterReason.Rejected, null, DeadLetterState.Open, Now));
        (letter.IncidentId, letter.DecidedBy, letter.DecidedAt, letter.Note, letter.ReplayDeliveryId)
            .ShouldBe((null, null, null, null, null));
    }

    [Fact]
    public async Task Record_LastAttemptWasNotSent_SaysSo()
    {
        await RecordAsync(Answers.NotSent, await ClaimedAsync());

        (await LetterAsync()).DeadReason.ShouldBe(DeadLetterReason.NotSent);
    }

    [Fact]
    public async Task Record_LastAttemptIsUnknown_SaysSo()
    {
        await RecordAsync(Answers.Unknown, await ClaimedAsync());

        (await LetterAsync()).DeadReason.ShouldBe(DeadLetterReason.Unknown);
    }

    [Fact]
    public async Task Record_UnknownAtMostOnce_IsADeadLetterAtOnce()
    {
        await RecordAsync(Answers.Unknown, await ClaimedAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.DeadLetter));

        var letter = await LetterAsync();
        (letter.DeadReason, letter.HoldReason).ShouldBe((DeadLetterReason.Unknown, null));
    }

    [Fact]
    public async Task Record_UnknownIsHeld_IsADeadLetterThatSaysWhy()
    {
        await RecordAsync(Answers.Unknown, await ClaimedAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold));

        var letter = await LetterAsync();
        (letter.DeadReason, letter.HoldReason, letter.State).ShouldBe((null, HoldReason.UnknownOutcome, DeadLetterState.Open));
    }

    [Fact]
    public async Task Record_Parked_IsADeadLetterThatSaysWhy()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Ordered, e.ParkAfter) = (true, 1));
        await Given.KeyedMessagesAsync(endpoint, "a", "a");

        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        var letter = await LetterAsync();
        (letter.DeadReason, letter.HoldReason).ShouldBe((null, HoldReason.Parked));
    }

    [Fact]
    public async Task Record_PayloadGone_IsADeadLetterWithoutAnAttempt()
    {
        var claimed = await ClaimedAsync();

        await Sql.RecordAsync([new DeliveryDecision(Given.Options, Now, 0.5, Ids).PayloadGone(claimed)], Now, Cancel);

        (await LetterAsync()).DeadReason.ShouldBe(DeadLetterReason.PayloadGone);
        (await Db.Attempts.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Sweep_DeliveryThatLosesEveryWorker_IsOneDeadLetterOfOurs()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);

        for (var i = 0; i < Given.Options.MaxOwnFaults; i++)
        {
            (await Db.DeadLetters.AnyAsync(Cancel)).ShouldBeFalse();
            Clock.Advance(TimeSpan.FromMinutes(8));
            await ClaimAsync();
            Clock.Advance(Lease);
            await SweepAsync();
        }

        (await LetterAsync()).DeadReason.ShouldBe(DeadLetterReason.Ours);
    }

    [Fact]
    public async Task Sweep_WorkerOfAnAtMostOnceEndpointWasLost_IsADeadLetter()
    {
        await ClaimedAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.DeadLetter);
        Clock.Advance(Lease);

        await SweepAsync();

        (await LetterAsync()).DeadReason.ShouldBe(DeadLetterReason.Unknown);
    }

    [Fact]
    public async Task Record_LeaseWasLost_IsNoDeadLetter()
    {
        var claimed = await ClaimedAsync(e => e.RetrySchedule = null);
        Clock.Advance(Lease);
        await SweepAsync();

        var written = await Sql.RecordAsync([new DeliveryDecision(Given.Options, Now, 0.5, Ids).PayloadGone(claimed)], Now, Cancel);

        written.ShouldBe([false]);
        (await Db.DeadLetters.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Record_SameEndTwice_IsOneDeadLetter()
    {
        var claimed = await ClaimedAsync();

        await RecordAsync(Answers.Status(500), claimed, claimed);
        await RecordAsync(Answers.Status(500), claimed);

        (await LettersAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_DeliveredOrDueAgain_IsNoDeadLetter()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 3);
        var claimed = (await ClaimAsync()).Deliveries;

        await RecordAsync(Answers.Ok, claimed[0]);
        await RecordAsync(Answers.Status(500), claimed[1]);
        await RecordAsync(Answers.Shutdown, claimed[2]);

        (await Db.DeadLetters.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Record_ManyAtOnce_IsADeadLetterOfEachThatEnds()
    {
        var application = await Given.ApplicationAsync();
        var ends = await Given.EndpointAsync(application, e => e.RetrySchedule = []);
        await Given.EndpointAsync(application);
        await Given.MessagesAsync(ends, 4);

        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);

        (await LettersAsync()).Select(l => l.EndpointId).ShouldBe([ends, ends, ends, ends]);
    }

    [Fact]
    public async Task Record_DeadLetterCannotBeWritten_NothingOfTheRecordIs()
    {
        var claimed = await ClaimedAsync();
        await Given.SaveAsync(new DeadLetter
        {
            DeliveryId = claimed.Request.DeliveryId, ApplicationId = (await LaneAsync(claimed.Request.EndpointId)).ApplicationId,
            EndpointId = claimed.Request.EndpointId, MessageId = claimed.Request.MessageId, EventType = Given.EventType,
            State = DeadLetterState.Open, CreatedAt = Now,
        });

        await Should.ThrowAsync<Exception>(() => RecordAsync(Answers.Status(500), claimed));

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Sending);
        (await Db.Attempts.AnyAsync(Cancel)).ShouldBeFalse();
        (await LaneAsync(claimed.Request.EndpointId)).InFlight.ShouldBe(1);
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.ComplianceTests.Telemetry;

namespace Webhooks.Data.ComplianceTests.Retention;

public abstract class MessageRetentionTests(Store store) : RetentionTests(store)
{
    [Fact]
    public async Task Run_LastDeliveryFinishedAPeriodAgo_RemovesTheMessageWithAllOfIt()
    {
        await EndedAsync(await Given.EndpointAsync(), Answers.Ok);
        Clock.Advance(Periods.Messages);

        await RemoveMessagesAsync();

        (await CountAsync()).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Run_MomentBeforeItsEnd_KeepsAll()
    {
        await EndedAsync(await Given.EndpointAsync(), Answers.Ok);
        Clock.Advance(Periods.Messages - Moment);

        await RemoveMessagesAsync();

        (await CountAsync()).ShouldBe((1, 1, 1, 1));
    }

    [Fact]
    public async Task Run_NobodyWantedIt_GoesByItsAcceptance()
    {
        Clock.Advance(5 * Moment);
        await Given.MessageAsync(await Given.ApplicationAsync());

        Clock.Advance(Periods.Messages - Moment);
        await RemoveMessagesAsync();
        var before = (await CountAsync()).Messages;
        Clock.Advance(Moment);
        await RemoveMessagesAsync();

        (before, (await CountAsync()).Messages).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Run_OneOfTwoEndpointsGotItLater_GoesByTheLast()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application);
        var late = await Given.EndpointAsync(application, e => e.Disabled = true);
        await EndedAsync(late, Answers.Ok);
        Clock.Advance(20 * Day);
        await Given.ResumeAsync(late);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        Clock.Advance(Periods.Messages - Moment);
        await RemoveMessagesAsync();
        var before = await CountAsync();
        Clock.Advance(Moment);
        await RemoveMessagesAsync();

        before.ShouldBe((1, 1, 2, 2));
        (await CountAsync()).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Run_AnyUnfinishedDelivery_TouchesNothingOfTheMessage()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold), 1);
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries); // held
        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => (e.Ordered, e.ParkAfter) = (true, 1)), "a", "a");
        await RecordAsync(Answers.Status(500), (await ClaimAsync(1)).Deliveries); // parked, and the other follows
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await ClaimAsync(); // being sent
        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => (e.Disabled, e.Ordered) = (true, true)), "a", "a"); // waiting, queued
        var before = await CountAsync();
        (await Db.Deliveries.Select(d => d.State).Distinct().CountAsync(Cancel)).ShouldBe(4);
        Clock.Advance(1_000 * Day);

        await RemoveMessagesAsync();

        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Run_DeadLetterThatNobodyDecidedAbout_StaysForEver()
    {
        await EndedAsync(await WithoutRetriesAsync(), Answers.NotSent);
        Clock.Advance(3_000 * Day);

        await RemoveMessagesAsync();

        (await CountAsync()).ShouldBe((1, 1, 1, 1));
    }

    [Fact]
    public async Task Run_DeadLetterSentAgain_IsKeptForItsOwnPeriod()
    {
        var endpoint = await WithoutRetriesAsync();
        var message = (await EndedAsync(endpoint, Answers.NotSent))[0];
        await Given.ResendAsync(message, endpoint);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        Clock.Advance(Periods.DeadLetters - Moment);
        await RemoveMessagesAsync();
        var before = await CountAsync();
        Clock.Advance(Moment);
        await RemoveMessagesAsync();

        before.ShouldBe((1, 1, 2, 2));
        (await CountAsync()).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Run_DeadLetterSentAgainInVain_Stays()
    {
        var endpoint = await WithoutRetriesAsync();
        var message = (await EndedAsync(endpoint, Answers.NotSent))[0];
        await Given.ResendAsync(message, endpoint);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);
        Clock.Advance(3_000 * Day);

        await RemoveMessagesAsync();

        (await CountAsync()).Deliveries.ShouldBe(2);
    }

    [Fact]
    public async Task Run_DeadLetterOfADeletedEndpoint_IsDecided()
    {
        var endpoint = await WithoutRetriesAsync();
        await EndedAsync(endpoint, Answers.NotSent);
        await DeleteAsync(endpoint);
        await CleanEndpointsAsync();
        Clock.Advance(Periods.DeadLetters);

        await RemoveMessagesAsync();

        (await CountAsync()).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Run_SentAgainMeanwhile_TouchesNothingOfTheMessage()
    {
        var endpoint = await Given.EndpointAsync();
        var messages = await EndedAsync(endpoint, Answers.Ok, 2);
        Clock.Advance(Periods.Messages);

        await RemoveMessagesAsync(Hooked(_ => Given.ResendAsync(messages[0], endpoint)));

        (await CountAsync()).ShouldBe((1, 1, 2, 1));
        (await Db.Messages.SingleAsync(Cancel)).Id.ShouldBe(messages[0]);
    }

    [Fact]
    public async Task Run_MessageGone_ItsEventIdIsFreeAgain()
    {
        var application = await Given.ApplicationAsync();
        var request = Given.Event(application, eventId: "order-1");
        await Writer.CommitAsync([request]);
        var before = (await Writer.CommitAsync([request]))[0].Status;
        Clock.Advance(Periods.Messages);

        await RemoveMessagesAsync();

        before.ShouldBe(PublishStatus.EventIdTaken);
        (await Writer.CommitAsync([request]))[0].Status.ShouldBe(PublishStatus.Accepted);
    }

    [Fact]
    public async Task Run_ManyMessages_RemovesAHundredAtOnceAndCountsThem()
    {
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, 250);
        Clock.Advance(Periods.Messages);
        using var readings = new Readings(Meters);
        var left = new List<int>();

        await RemoveMessagesAsync(Hooked(async _ => left.Add(await Db.Messages.CountAsync(Cancel))));

        left.ShouldBe([250, 150, 50]);
        (await CountAsync()).ShouldBe((0, 0, 0, 0));
        foreach (var what in new[] { "message", "payload", "delivery", "attempt" })
            readings[$"webhooks.retention.removed{{what={what}}}"].ShouldBe(250);
    }

    [Fact]
    public async Task Run_OneMessageToManyEndpoints_RemovesFewRowsAtOnce()
    {
        var message = await Given.MessageAsync(await Given.ApplicationAsync());
        await Given.SaveAsync([.. Enumerable.Range(1, 1_200).Select(number => Finished(message, number))]);
        Clock.Advance(Periods.Messages);
        var left = new List<int>();

        await RemoveMessagesAsync(Hooked(async _ => left.Add(await Db.Deliveries.CountAsync(Cancel))));

        left.ShouldBe([1_200, 700, 200]);
        (await CountAsync()).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public async Task Run_TimeIsUp_EndsAndTheNextGoesOnBehind()
    {
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, 250);
        Clock.Advance(Periods.Messages);

        await RemoveMessagesAsync(Hooked(_ =>
        {
            Clock.Advance(RetentionRun.Longest);
            return Task.CompletedTask;
        }));
        var (left, place) = (await CountAsync(), Places.Message);
        await RemoveMessagesAsync();

        left.ShouldBe((150, 150, 150, 150));
        place.ShouldNotBe(default);
        (await CountAsync()).ShouldBe((0, 0, 0, 0));
        Places.Message.ShouldBe(default);
    }

    [Fact]
    public async Task Run_ManyThatMustStayBefore_ComesToTheOthers()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.Disabled = true), 250);
        await EndedAsync(await WideEndpointAsync(), Answers.Ok, 10);
        Clock.Advance(Periods.Messages);

        await RemoveMessagesAsync();

        (await CountAsync()).ShouldBe((250, 250, 250, 0));
    }

    private Delivery Finished(MessageId message, int number) => new()
    {
        Id = Ids.New<DeliveryId>(), MessageId = message, EndpointId = Ids.New<EndpointId>(), ReplayNumber = 0,
        TriggerType = AttemptTrigger.Scheduled, Sequence = number, State = DeliveryState.Delivered, DueAt = Now, CreatedAt = Now,
        FinishedAt = Now,
    };
}

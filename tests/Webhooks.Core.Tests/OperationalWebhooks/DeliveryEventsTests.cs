using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Tests.OperationalWebhooks;

/// <summary>Which records operational webhooks are told of.</summary>
public sealed class DeliveryEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdGenerator Ids = new(TimeProvider.System);
    private static readonly AttemptResult Refused = new() { Outcome = AttemptOutcome.Rejected, StatusCode = 500 };
    private static readonly AttemptResult Delivered = new() { Outcome = AttemptOutcome.Delivered, StatusCode = 200 };

    [Theory]
    [InlineData(0, false), InlineData(2, false), InlineData(3, true), InlineData(4, false), InlineData(7, false)]
    public void Decide_Failure_TellsAtTheFourthOnly(int before, bool isTold)
    {
        var told = Decide(Refused, failures: before).Events;

        told.Select(e => e.Type).ShouldBe(isTold ? [OperationalEventType.AttemptFailing] : []);
    }

    [Theory]
    [InlineData(0, false), InlineData(3, false), InlineData(4, true), InlineData(9, true)]
    public void Decide_Delivered_TellsWhenItHadBeenFailing(int before, bool isTold)
    {
        var told = Decide(Delivered, failures: before).Events;

        told.Select(e => e.Type).ShouldBe(isTold ? [OperationalEventType.AttemptRecovered] : []);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(6)]
    public void Decide_LastFailure_TellsOfTheDeadLetterAlone(int before)
    {
        var told = Decide(Refused, before, schedule: [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), before)]).Events;

        told.ShouldHaveSingleItem().Type.ShouldBe(OperationalEventType.AttemptExhausted);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(6)]
    public void Decide_HeldForItsUnknownOutcome_TellsThatNothingIsTriedAnyMore(int before)
    {
        var unknown = new AttemptResult { Outcome = AttemptOutcome.Unknown };

        var record = Decide(unknown, before, onUnknown: UnknownOutcomePolicy.Hold);

        record.State.ShouldBe(DeliveryState.Held);
        record.Events.ShouldHaveSingleItem().Type.ShouldBe(OperationalEventType.AttemptExhausted);
    }

    [Theory]
    [InlineData(1), InlineData(4), InlineData(5)]
    public void Decide_Parked_TellsThatNothingIsTriedAnyMore(int parkAfter)
    {
        var record = Decide(Refused, failures: parkAfter - 1, parkAfter: parkAfter);

        record.HoldReason.ShouldBe(HoldReason.Parked);
        record.Events.ShouldHaveSingleItem().Type.ShouldBe(OperationalEventType.AttemptExhausted);
    }

    [Theory]
    [InlineData(3), InlineData(4)]
    public void Decide_OwnFault_TellsNothing(int before)
    {
        var lost = new AttemptResult { Outcome = AttemptOutcome.Unknown, OurFault = true };

        Decide(lost, before).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Decide_TooManyOwnFaults_TellsOfTheDeadLetter()
    {
        var lost = new AttemptResult { Outcome = AttemptOutcome.Unknown, OurFault = true };

        Decide(lost, ownFaults: new DeliveryOptions().MaxOwnFaults - 1).Events
            .ShouldHaveSingleItem().Type.ShouldBe(OperationalEventType.AttemptExhausted);
    }

    [Theory]
    [InlineData(0), InlineData(3)]
    public void Decide_Gone_TellsOfTheEndpointBesideTheDelivery(int before)
    {
        var record = Decide(Refused with { StatusCode = 410 }, before);

        var disabled = record.Events[0];
        (disabled.Type, disabled.MessageId, disabled.AttemptId).ShouldBe((OperationalEventType.EndpointDisabled, null, record.Attempt!.Id));
        record.Events.Skip(1).Select(e => e.Type).ShouldBe(before == 3 ? [OperationalEventType.AttemptFailing] : []);
    }

    [Fact]
    public void Decide_Told_NamesWhatItIsAbout()
    {
        var record = Decide(Refused, failures: 3);

        var told = record.Events.Single();
        (told.EndpointId, told.MessageId, told.AttemptId, told.CreatedAt)
            .ShouldBe((record.EndpointId, new MessageId(2), record.Attempt!.Id, Now));
    }

    [Fact]
    public void PayloadGone_Always_TellsOfTheDeadLetterWithoutAnAttempt()
    {
        var record = new DeliveryDecision(new DeliveryOptions(), Now, 0.5, Ids).PayloadGone(Claimed(failures: 4));

        var told = record.Events.ShouldHaveSingleItem();
        (told.Type, told.MessageId, told.AttemptId).ShouldBe((OperationalEventType.AttemptExhausted, new MessageId(2), null));
    }

    private static DeliveryRecord Decide(
        AttemptResult result, int failures = 0, int ownFaults = 0, IReadOnlyList<TimeSpan>? schedule = null,
        UnknownOutcomePolicy onUnknown = UnknownOutcomePolicy.Resend, int? parkAfter = null)
    {
        var delivery = Claimed(failures, ownFaults, schedule, onUnknown);
        if (parkAfter is not null)
            delivery = delivery with { OrderingKey = "key", Policy = delivery.Policy with { ParkAfter = parkAfter } };
        var attempt = AttemptRow.Of(delivery, result, Ids.New<AttemptId>(), Now, new NodeName("node"));
        return new DeliveryDecision(new DeliveryOptions(), Now, jitter: 0.5, Ids).Decide(delivery, result, attempt);
    }

    private static ClaimedDelivery Claimed(
        int failures = 0, int ownFaults = 0, IReadOnlyList<TimeSpan>? schedule = null,
        UnknownOutcomePolicy onUnknown = UnknownOutcomePolicy.Resend) => new()
    {
        Request = new AttemptRequest(
            new DeliveryId(1), new MessageId(2), new EndpointId(3), failures + 1, null, 1, "https://example.com", [], null, "{}"u8.ToArray(),
            null),
        LeaseToken = [1],
        LeasedUntil = Now.AddMinutes(1),
        TriggerType = AttemptTrigger.Scheduled,
        Failures = failures,
        OwnFaults = ownFaults,
        Policy = new RetryPolicy(schedule, onUnknown, 10),
    };
}

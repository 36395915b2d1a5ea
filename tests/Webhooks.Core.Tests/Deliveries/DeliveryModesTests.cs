using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Tests.Deliveries;

/// <summary>What follows an attempt at endpoints that want each message at most once, or in order.</summary>
public sealed class DeliveryModesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdGenerator Ids = new(TimeProvider.System);
    private static readonly AttemptResult Rejected = new() { Outcome = AttemptOutcome.Rejected, StatusCode = 500 };

    [Theory]
    [InlineData(false, null), InlineData(true, null)]
    [InlineData(true, AttemptErrorCodes.WorkerLost), InlineData(true, AttemptErrorCodes.Shutdown)]
    public void Decide_UnknownAtMostOnce_IsDeadWhoeversFaultItWas(bool ourFault, string? code)
    {
        var unknown = new AttemptResult { Outcome = AttemptOutcome.Unknown, OurFault = ourFault, ErrorCode = code };

        var record = Decide(unknown, AtMostOnce());

        (record.State, record.DeadReason, record.HoldReason, record.LastOutcome)
            .ShouldBe((DeliveryState.Dead, DeadLetterReason.Unknown, null, AttemptOutcome.Unknown));
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Decide_CertainFailureAtMostOnce_IsNextOnSchedule(int outcome)
    {
        var record = Decide(new AttemptResult { Outcome = (AttemptOutcome)outcome }, AtMostOnce());

        (record.State, record.DueAt, record.Failures).ShouldBe((DeliveryState.Waiting, Now + RetrySchedule.Default[0], 1));
    }

    [Theory]
    [InlineData(AttemptErrorCodes.Shutdown), InlineData(AttemptErrorCodes.NodeBusy), InlineData(AttemptErrorCodes.SecretUnreadable)]
    public void Decide_NothingTriedAtMostOnce_IsTriedAgain(string code)
    {
        var record = Decide(new AttemptResult { Outcome = null, OurFault = true, ErrorCode = code }, AtMostOnce());

        record.State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public void Decide_UnknownWithHoldPolicy_SaysWhyItIsHeld()
    {
        var record = Decide(
            new AttemptResult { Outcome = AttemptOutcome.Unknown }, Claimed(new RetryPolicy(null, UnknownOutcomePolicy.Hold, 10)));

        (record.State, record.HoldReason).ShouldBe((DeliveryState.Held, HoldReason.UnknownOutcome));
    }

    [Theory]
    [InlineData(0, null, 0), InlineData(3, null, 0), InlineData(4, null, 2), InlineData(5, null, 2)]
    [InlineData(0, 1, 2), InlineData(1, 3, 0), InlineData(2, 3, 2)]
    public void Decide_FailedInOrder_IsParkedAfterSoManyFailures(int failuresBefore, int? parkAfter, int state)
    {
        var record = Decide(Rejected, InOrder(parkAfter, failures: failuresBefore));

        record.State.ShouldBe((DeliveryState)state);
        record.HoldReason.ShouldBe(record.State == DeliveryState.Held ? HoldReason.Parked : null);
        record.Failures.ShouldBe(failuresBefore + 1);
    }

    [Fact]
    public void Decide_DeploymentsNumber_CountsWhereTheEndpointSetsNone()
    {
        var decision = new DeliveryDecision(new DeliveryOptions { ParkAfter = 2 }, Now, jitter: 0.5, Ids);

        decision.Decide(InOrder(parkAfter: null, failures: 1), Rejected, null).HoldReason.ShouldBe(HoldReason.Parked);
    }

    [Fact]
    public void Decide_ScheduleEndsWithTheSameFailure_IsADeadLetter()
    {
        var record = Decide(Rejected, InOrder(parkAfter: 1, schedule: []));

        (record.State, record.DeadReason, record.HoldReason).ShouldBe((DeliveryState.Dead, DeadLetterReason.Rejected, null));
    }

    [Fact]
    public void Decide_OwnFaultInOrder_IsNeverParked()
    {
        var lost = new AttemptResult { Outcome = AttemptOutcome.Unknown, OurFault = true };

        var record = Decide(lost, InOrder(parkAfter: 1, failures: 7));

        (record.State, record.Failures).ShouldBe((DeliveryState.Waiting, 7));
    }

    [Fact]
    public void Decide_NoOrder_IsNeverParked()
    {
        var record = Decide(Rejected, InOrder(parkAfter: 1) with { OrderingKey = null });

        record.State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public void Decide_InOrder_RecordNamesTheKey()
    {
        var delivery = InOrder(parkAfter: null);

        Decide(Rejected, delivery).OrderingKey.ShouldBe("a");
        new DeliveryDecision(new DeliveryOptions(), Now, 0.5, Ids).PayloadGone(delivery).OrderingKey.ShouldBe("a");
    }

    private static DeliveryRecord Decide(AttemptResult result, ClaimedDelivery delivery) =>
        new DeliveryDecision(new DeliveryOptions(), Now, jitter: 0.5, Ids).Decide(delivery, result, attempt: null);

    private static ClaimedDelivery AtMostOnce() => Claimed(new RetryPolicy(null, UnknownOutcomePolicy.DeadLetter, 10));

    private static ClaimedDelivery InOrder(int? parkAfter, int failures = 0, IReadOnlyList<TimeSpan>? schedule = null) =>
        Claimed(new RetryPolicy(schedule, UnknownOutcomePolicy.Resend, 10) { ParkAfter = parkAfter }) with
        {
            OrderingKey = "a",
            Failures = failures,
        };

    private static ClaimedDelivery Claimed(RetryPolicy policy) => new()
    {
        Request = new AttemptRequest(
            new DeliveryId(1), new MessageId(2), new EndpointId(3), 1, null, 1, "https://example.com", [], null, "{}"u8.ToArray(), null),
        LeaseToken = [1],
        LeasedUntil = Now.AddMinutes(1),
        TriggerType = AttemptTrigger.Scheduled,
        Failures = 0,
        OwnFaults = 0,
        Policy = policy,
    };
}

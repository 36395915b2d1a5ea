using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Tests.Deliveries;

/// <summary>The table of outcomes and what follows, row by row.</summary>
public sealed class DeliveryDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryOptions Options = new();
    private static readonly IdGenerator Ids = new(TimeProvider.System);
    private static readonly TimeSpan FirstWait = RetrySchedule.Default[0];

    [Theory]
    [InlineData(200), InlineData(201), InlineData(204), InlineData(299)]
    public void Decide_Delivered_IsDone(int status)
    {
        var record = Decide(Answer(AttemptOutcome.Delivered, status));

        (record.State, record.Attempts, record.Failures, record.LastOutcome).ShouldBe((DeliveryState.Delivered, 1, 0, AttemptOutcome.Delivered));
        record.Lane.ShouldBe(new LaneEffect(10, Succeeded: true));
    }

    [Theory]
    [InlineData(301), InlineData(302), InlineData(307), InlineData(400), InlineData(401), InlineData(404), InlineData(408), InlineData(500)]
    public void Decide_Rejected_IsNextOnScheduleAndLaneGoesOn(int status)
    {
        var record = Decide(Answer(AttemptOutcome.Rejected, status));

        (record.State, record.DueAt, record.Failures, record.LastOutcome)
            .ShouldBe((DeliveryState.Waiting, Now + FirstWait, 1, AttemptOutcome.Rejected));
        record.Lane.ShouldBe(new LaneEffect(10, Failed: true));
    }

    [Fact]
    public void Decide_Gone_DisablesTheEndpointAndKeepsTheDelivery()
    {
        var record = Decide(Answer(AttemptOutcome.Rejected, 410));

        record.State.ShouldBe(DeliveryState.Waiting);
        record.Lane.ShouldBe(new LaneEffect(10, Failed: true, Gone: true));
    }

    [Theory]
    [InlineData(429), InlineData(502), InlineData(503), InlineData(504)]
    public void Decide_Overloaded_PausesTheLane(int status)
    {
        var record = Decide(Answer(AttemptOutcome.Rejected, status));

        record.DueAt.ShouldBe(Now + FirstWait);
        record.Lane.Pause.ShouldBe(new LanePause(Now + Options.LanePause * 1.1, PauseReason.Throttled));
    }

    [Theory]
    [InlineData(302), InlineData(400), InlineData(429), InlineData(500), InlineData(502), InlineData(503), InlineData(504)]
    public void Decide_RetryAfterLongerThanSchedule_IsHonoured(int status)
    {
        var wait = TimeSpan.FromHours(1);

        var record = Decide(Answer(AttemptOutcome.Rejected, status) with { RetryAfter = wait });

        record.DueAt.ShouldBe(Now + wait);
        record.Lane.Pause.ShouldBe(new LanePause(Now + wait + TimeSpan.FromSeconds(30), PauseReason.Throttled));
    }

    [Theory]
    [InlineData(302), InlineData(400), InlineData(429), InlineData(500), InlineData(502), InlineData(503), InlineData(504)]
    public void Decide_RetryAfterShorterThanSchedule_ScheduleStandsAndPauseIsShort(int status)
    {
        var wait = TimeSpan.FromSeconds(1);

        var record = Decide(Answer(AttemptOutcome.Rejected, status) with { RetryAfter = wait });

        record.DueAt.ShouldBe(Now + FirstWait);
        record.Lane.Pause.ShouldBe(new LanePause(Now + wait * 1.1, PauseReason.Throttled));
    }

    [Theory]
    [InlineData(15, 0.0, 15)]
    [InlineData(15, 1.0, 18)] // a fifth
    [InlineData(86_400, 0.0, 86_400)]
    [InlineData(86_400, 1.0, 86_460)] // a minute at most
    public void Decide_ManyLanesAreAskedToWait_EachComesBackALittleLaterButNeverEarlier(int asked, double jitter, int paused)
    {
        var answer = Answer(AttemptOutcome.Rejected, 503) with { RetryAfter = TimeSpan.FromSeconds(asked) };

        var record = new DeliveryDecision(Options, Now, jitter, Ids).Decide(Claimed(), answer, null);

        record.Lane.Pause!.Value.Until.ShouldBe(Now.AddSeconds(paused));
    }

    [Fact]
    public void Decide_NotSent_IsNextOnSchedule()
    {
        var record = Decide(Answer(AttemptOutcome.NotSent));

        (record.State, record.DueAt, record.Failures, record.LastOutcome)
            .ShouldBe((DeliveryState.Waiting, Now + FirstWait, 1, AttemptOutcome.NotSent));
        record.Lane.ShouldBe(new LaneEffect(10, Unanswered: true, Failed: true));
    }

    [Fact]
    public void Decide_NotSentAfterUnknown_StaysUnknown()
    {
        var delivery = Claimed();

        var record = Decide(
            Answer(AttemptOutcome.NotSent), delivery with { Request = delivery.Request with { PriorOutcome = AttemptOutcome.Unknown } });

        (record.State, record.LastOutcome).ShouldBe((DeliveryState.Waiting, AttemptOutcome.Unknown));
    }

    [Fact]
    public void Decide_UnknownWithResendPolicy_IsNextOnSchedule()
    {
        var record = Decide(Answer(AttemptOutcome.Unknown));

        (record.State, record.DueAt, record.Failures, record.LastOutcome)
            .ShouldBe((DeliveryState.Waiting, Now + FirstWait, 1, AttemptOutcome.Unknown));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Decide_UnknownWithHoldPolicy_IsHeldWhoeversFaultItWas(bool ourFault)
    {
        var record = Decide(Answer(AttemptOutcome.Unknown) with { OurFault = ourFault }, Claimed(onUnknown: UnknownOutcomePolicy.Hold));

        (record.State, record.LastOutcome).ShouldBe((DeliveryState.Held, AttemptOutcome.Unknown));
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void Decide_KnownFailureWithHoldPolicy_IsNotHeld(int outcome)
    {
        var record = Decide(Answer((AttemptOutcome)outcome), Claimed(onUnknown: UnknownOutcomePolicy.Hold));

        record.State.ShouldBe(DeliveryState.Waiting);
    }

    [Theory]
    [InlineData(2, 1), InlineData(3, 2), InlineData(4, 3)]
    public void Decide_ScheduleExhausted_IsDeadForTheLastFailure(int outcome, int reason)
    {
        var record = Decide(Answer((AttemptOutcome)outcome), Claimed(failures: RetrySchedule.Default.Count));

        (record.State, record.DeadReason, record.Failures)
            .ShouldBe((DeliveryState.Dead, (DeadLetterReason)reason, RetrySchedule.Default.Count + 1));
    }

    [Fact]
    public void Decide_LastWaitOfTheSchedule_IsUsed()
    {
        var record = Decide(Answer(AttemptOutcome.NotSent), Claimed(failures: RetrySchedule.Default.Count - 1));

        (record.State, record.DueAt).ShouldBe((DeliveryState.Waiting, Now + RetrySchedule.Default[^1]));
    }

    [Fact]
    public void Decide_EndpointsOwnSchedule_ComesBeforeTheDeployments()
    {
        var record = Decide(Answer(AttemptOutcome.NotSent), Claimed(schedule: [TimeSpan.FromSeconds(77)]));

        record.DueAt.ShouldBe(Now.AddSeconds(77));
    }

    [Fact]
    public void Decide_OutOfScheduleWithRetryAfter_IsDeadAndLaneIsPaused()
    {
        var record = Decide(Answer(AttemptOutcome.Rejected, 503) with { RetryAfter = TimeSpan.FromHours(1) }, Claimed(schedule: []));

        record.State.ShouldBe(DeliveryState.Dead);
        record.Lane.Pause!.Value.Until.ShouldBe(Now.AddHours(1).AddSeconds(30));
    }

    [Theory]
    [InlineData(0, 1), InlineData(1, 2), InlineData(3, 8), InlineData(8, 256), InlineData(9, 300), InlineData(98, 300)]
    public void Decide_OwnFault_CostsTheSubscriberNothingAndBacksOff(int before, int seconds)
    {
        var decision = new DeliveryDecision(new DeliveryOptions { MaxOwnFaults = 100 }, Now, jitter: 0.5, Ids);

        var record = decision.Decide(Claimed(failures: 4, ownFaults: before), Answer(AttemptOutcome.Unknown) with { OurFault = true }, null);

        (record.State, record.DueAt, record.Failures, record.OwnFaults)
            .ShouldBe((DeliveryState.Waiting, Now.AddSeconds(seconds), 4, before + 1));
    }

    [Fact]
    public void Decide_OwnFaultBeforeAnythingWasTried_IsCountedAndKeepsTheAttempt()
    {
        var record = Decide(new AttemptResult { Outcome = null, OurFault = true, ErrorCode = "internal" });

        (record.State, record.Attempts, record.Failures, record.OwnFaults, record.LastOutcome)
            .ShouldBe((DeliveryState.Waiting, 0, 0, 1, null));
    }

    [Fact]
    public void Decide_TooManyOwnFaults_IsDeadAndOurs()
    {
        var record = Decide(Answer(AttemptOutcome.Unknown) with { OurFault = true }, Claimed(ownFaults: Options.MaxOwnFaults - 1));

        (record.State, record.DeadReason, record.Failures).ShouldBe((DeliveryState.Dead, DeadLetterReason.Ours, 0));
    }

    [Fact]
    public void Decide_CircuitOpen_WaitsWithItsLaneAndKeepsTheAttempt()
    {
        var open = TimeSpan.FromSeconds(30);

        var record = Decide(new AttemptResult { Outcome = null, CircuitOpenFor = open }, Claimed(number: 3, prior: AttemptOutcome.NotSent));

        (record.State, record.DueAt, record.Attempts, record.LastOutcome)
            .ShouldBe((DeliveryState.Waiting, Now + open, 2, AttemptOutcome.NotSent));
        (record.Failures, record.OwnFaults).ShouldBe((0, 0));
        record.Lane.Pause.ShouldBe(new LanePause(Now + open * 1.1, PauseReason.CircuitOpen));
    }

    [Fact]
    public void Decide_AttemptOpenedTheCircuit_IsOnScheduleAndPausesTheLane()
    {
        var record = Decide(Answer(AttemptOutcome.NotSent) with { CircuitOpenFor = TimeSpan.FromSeconds(30) });

        (record.DueAt, record.Failures).ShouldBe((Now + FirstWait, 1));
        record.Lane.Pause.ShouldBe(new LanePause(Now.AddSeconds(33), PauseReason.CircuitOpen));
    }

    [Theory]
    [InlineData(3_600, 3_630, nameof(PauseReason.Throttled))]
    [InlineData(5, 33, nameof(PauseReason.CircuitOpen))]
    public void Decide_OpenedTheCircuitAndAskedForRest_PausesForTheLonger(int retryAfter, int seconds, string reason)
    {
        var answer = Answer(AttemptOutcome.Rejected, 503) with
        {
            CircuitOpenFor = TimeSpan.FromSeconds(30),
            RetryAfter = TimeSpan.FromSeconds(retryAfter),
        };

        Decide(answer).Lane.Pause.ShouldBe(new LanePause(Now.AddSeconds(seconds), Enum.Parse<PauseReason>(reason)));
    }

    [Fact]
    public void Decide_ShutdownBeforeAnythingLeft_IsReleasedForFree()
    {
        var record = Decide(new AttemptResult { Outcome = null, OurFault = true, ErrorCode = AttemptErrorCodes.Shutdown });

        (record.State, record.DueAt, record.Attempts, record.Failures, record.OwnFaults).ShouldBe((DeliveryState.Waiting, Now, 0, 0, 0));
    }

    [Fact]
    public void Decide_ShutdownAfterBytesLeft_IsUnknownAtOurCost()
    {
        var record = Decide(Answer(AttemptOutcome.Unknown) with { OurFault = true, ErrorCode = AttemptErrorCodes.Shutdown });

        (record.Attempts, record.Failures, record.OwnFaults, record.LastOutcome).ShouldBe((1, 0, 1, AttemptOutcome.Unknown));
    }

    [Fact]
    public void PayloadGone_Always_IsDeadWithoutAnAttempt()
    {
        var delivery = Claimed(number: 3, failures: 2, prior: AttemptOutcome.Rejected);

        var record = new DeliveryDecision(Options, Now, 0.5, Ids).PayloadGone(delivery);

        (record.State, record.DeadReason, record.Attempt).ShouldBe((DeliveryState.Dead, DeadLetterReason.PayloadGone, null));
        (record.Attempts, record.Failures, record.LastOutcome).ShouldBe((2, 2, AttemptOutcome.Rejected));
    }

    private static AttemptResult Answer(AttemptOutcome outcome, int? status = null) => new() { Outcome = outcome, StatusCode = status };

    private static DeliveryRecord Decide(AttemptResult result, ClaimedDelivery? delivery = null) =>
        new DeliveryDecision(Options, Now, jitter: 0.5, Ids).Decide(delivery ?? Claimed(), result, attempt: null);

    private static ClaimedDelivery Claimed(
        int number = 1, int failures = 0, int ownFaults = 0, AttemptOutcome? prior = null, IReadOnlyList<TimeSpan>? schedule = null,
        UnknownOutcomePolicy onUnknown = UnknownOutcomePolicy.Resend) => new()
    {
        Request = new AttemptRequest(
            new DeliveryId(1), new MessageId(2), new EndpointId(3), number, prior, 1, "https://example.com", [], null, "{}"u8.ToArray(), null),
        LeasedUntil = Now.AddMinutes(1),
        LeaseToken = [1],
        TriggerType = AttemptTrigger.Scheduled,
        Failures = failures,
        OwnFaults = ownFaults,
        Policy = new RetryPolicy(schedule, onUnknown, 10),
    };
}

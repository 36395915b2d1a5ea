using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Deliveries;

/// <summary>What follows an attempt (design: outcomes and what follows). Pure: everything it depends on is passed in.</summary>
/// <param name="jitter">0 to 1, uniformly drawn.</param>
/// <param name="ids">Names the events that operational webhooks are told.</param>
internal sealed class DeliveryDecision(DeliveryOptions options, DateTimeOffset now, double jitter, IdGenerator ids)
{
    private static readonly TimeSpan LongestOwnFaultDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPauseJitter = TimeSpan.FromMinutes(1);

    /// <param name="attempt">The attempt's row; null when nothing was tried.</param>
    public DeliveryRecord Decide(ClaimedDelivery delivery, AttemptResult result, Attempt? attempt)
    {
        var next = Next(delivery, result);
        return WithEvents(delivery, new DeliveryRecord
        {
            DeliveryId = delivery.Request.DeliveryId,
            EndpointId = delivery.Request.EndpointId,
            LeaseToken = delivery.LeaseToken,
            LeasedUntil = delivery.LeasedUntil,
            State = next.State,
            DueAt = next.DueAt,
            // An attempt that was never made gives its number back.
            Attempts = result.Outcome is null ? delivery.Request.Number - 1 : delivery.Request.Number,
            Failures = delivery.Failures + (CountsAgainstSchedule(result) ? 1 : 0),
            OwnFaults = delivery.OwnFaults + (IsCostlyOwnFault(result) ? 1 : 0),
            LastOutcome = Known(delivery.Request.PriorOutcome, result.Outcome, result.IsReceipt),
            DeadReason = next.DeadReason,
            HoldReason = next.HoldReason,
            OrderingKey = delivery.OrderingKey,
            Attempt = attempt,
            Lane = new LaneEffect(
                delivery.Policy.MaxInFlight, IsAnswered(result), IsUnanswered(result), CountsAgainstSchedule(result),
                Pause(result), IsGone(result)),
            TraceParent = delivery.Request.TraceParent,
        });
    }

    /// <summary>There is nothing left to send: a dead letter without an attempt.</summary>
    public DeliveryRecord PayloadGone(ClaimedDelivery delivery) => WithEvents(delivery, new DeliveryRecord
    {
        DeliveryId = delivery.Request.DeliveryId,
        EndpointId = delivery.Request.EndpointId,
        LeaseToken = delivery.LeaseToken,
        LeasedUntil = delivery.LeasedUntil,
        State = DeliveryState.Dead,
        DueAt = now,
        Attempts = delivery.Request.Number - 1,
        Failures = delivery.Failures,
        OwnFaults = delivery.OwnFaults,
        LastOutcome = delivery.Request.PriorOutcome,
        DeadReason = DeadLetterReason.PayloadGone,
        OrderingKey = delivery.OrderingKey,
        Attempt = null,
        Lane = new LaneEffect(delivery.Policy.MaxInFlight),
        TraceParent = delivery.Request.TraceParent,
    });

    private DeliveryRecord WithEvents(ClaimedDelivery delivery, DeliveryRecord record) =>
        DeliveryEvents.Of(delivery, record, ids, now) is { Count: > 0 } events ? record with { Events = events } : record;

    /// <summary>What is known of a delivery after one more attempt; what the next one tells the receiver.</summary>
    /// <param name="prior">The same before it.</param>
    /// <param name="outcome">Null when nothing was tried.</param>
    public static AttemptOutcome? Known(AttemptOutcome? prior, AttemptOutcome? outcome, bool isReceipt) => outcome switch
    {
        // A receipt is no answer: what the requests had shown stays, and tells it from one.
        _ when isReceipt => prior,
        null => prior,

        // Nothing got out, so nothing was learnt: an earlier request may still have arrived.
        AttemptOutcome.NotSent when prior == AttemptOutcome.Unknown => prior,
        _ => outcome,
    };

    private NextStep Next(ClaimedDelivery delivery, AttemptResult result) => result switch
    {
        { Outcome: AttemptOutcome.Delivered } => NextStep.Done,

        // Whoever's fault it was: the subscriber may have the message, and the endpoint's owner has said what is to follow then.
        { Outcome: AttemptOutcome.Unknown } when delivery.Policy.OnUnknown == UnknownOutcomePolicy.Hold =>
            NextStep.Hold(now, HoldReason.UnknownOutcome),
        { Outcome: AttemptOutcome.Unknown } when delivery.Policy.OnUnknown == UnknownOutcomePolicy.DeadLetter =>
            NextStep.Dead(now, DeadLetterReason.Unknown),
        _ when CountsAgainstSchedule(result) => OnSchedule(delivery, result),
        _ when IsCostlyOwnFault(result) => AfterOwnFault(delivery),
        _ => NextStep.Wait(now + (result.CircuitOpenFor ?? TimeSpan.Zero)),
    };

    private NextStep OnSchedule(ClaimedDelivery delivery, AttemptResult result)
    {
        var schedule = delivery.Policy.Schedule ?? options.RetrySchedule ?? RetrySchedule.Default;
        var wait = RetrySchedule.Next(schedule, delivery.Failures + 1, jitter);
        if (wait is null)
            return NextStep.Dead(now, ReasonOf(result.Outcome!.Value));
        if (delivery.OrderingKey is not null && delivery.Failures + 1 >= (delivery.Policy.ParkAfter ?? options.ParkAfter))
            return NextStep.Hold(now, HoldReason.Parked);

        return NextStep.Wait(now + (result.RetryAfter > wait ? result.RetryAfter.Value : wait.Value));
    }

    private NextStep AfterOwnFault(ClaimedDelivery delivery)
    {
        // A delivery that takes its worker down with it each time must not come back for ever.
        if (delivery.OwnFaults + 1 >= options.MaxOwnFaults)
            return NextStep.Dead(now, DeadLetterReason.Ours);

        var seconds = Math.Min(Math.Pow(2, delivery.OwnFaults), LongestOwnFaultDelay.TotalSeconds);
        return NextStep.Wait(now + TimeSpan.FromSeconds(seconds) * (0.5 + jitter));
    }

    private static DeadLetterReason ReasonOf(AttemptOutcome failure) => failure switch
    {
        AttemptOutcome.Rejected => DeadLetterReason.Rejected,
        AttemptOutcome.NotSent => DeadLetterReason.NotSent,
        AttemptOutcome.Unknown => DeadLetterReason.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "Not a failure."),
    };

    private LanePause? Pause(AttemptResult result)
    {
        // The answer that opens the circuit may itself ask for a longer rest.
        LanePause? circuit = result.CircuitOpenFor is { } open ? Rest(open, PauseReason.CircuitOpen) : null;
        var asked = AskedFor(result);
        return asked?.Until > circuit?.Until ? asked : circuit ?? asked;
    }

    private LanePause? AskedFor(AttemptResult result)
    {
        if (result.Outcome != AttemptOutcome.Rejected)
            return null;
        if (result.RetryAfter is { } wait)
            return Rest(wait, PauseReason.Throttled);

        return result.StatusCode is 429 or 502 or 503 or 504 ? Rest(options.LanePause, PauseReason.Throttled) : null;
    }

    // Somewhat longer than asked for, never shorter. Many lanes lead to one receiver, and it tells all of them the same time: so they do
    // not come back together.
    private LanePause Rest(TimeSpan wait, PauseReason reason)
    {
        var most = wait * RetrySchedule.JitterShare;
        return new LanePause(now + wait + (most < LongestPauseJitter ? most : LongestPauseJitter) * jitter, reason);
    }

    private static bool IsGone(AttemptResult result) => result is { Outcome: AttemptOutcome.Rejected, StatusCode: 410 };

    // A receipt says nothing of how the endpoint's URL takes deliveries.
    private static bool IsAnswered(AttemptResult result) => result.Outcome == AttemptOutcome.Delivered && !result.IsReceipt;

    private static bool IsUnanswered(AttemptResult result) =>
        !result.OurFault && result.Outcome is AttemptOutcome.NotSent or AttemptOutcome.Unknown;

    private static bool CountsAgainstSchedule(AttemptResult result) =>
        !result.OurFault && result.Outcome is AttemptOutcome.Rejected or AttemptOutcome.NotSent or AttemptOutcome.Unknown;

    /// <summary>Handing a delivery back untried, because the node stops or is full, costs nothing; all other own faults are counted.</summary>
    private static bool IsCostlyOwnFault(AttemptResult result) =>
        result.OurFault && (result.Outcome is not null || result.ErrorCode is not (AttemptErrorCodes.Shutdown or AttemptErrorCodes.NodeBusy));

    private readonly record struct NextStep(
        DeliveryState State, DateTimeOffset DueAt, DeadLetterReason? DeadReason = null, HoldReason? HoldReason = null)
    {
        public static readonly NextStep Done = new(DeliveryState.Delivered, default);
        public static NextStep Hold(DateTimeOffset now, HoldReason reason) => new(DeliveryState.Held, now, HoldReason: reason);
        public static NextStep Wait(DateTimeOffset dueAt) => new(DeliveryState.Waiting, dueAt);
        public static NextStep Dead(DateTimeOffset now, DeadLetterReason reason) => new(DeliveryState.Dead, now, reason);
    }
}

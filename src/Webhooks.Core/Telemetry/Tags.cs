using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Webhooks.Core.Telemetry;

/// <summary>Every tag of every metric, made once: recording one allocates nothing.</summary>
internal static class Tags
{
    public static readonly Tag Accept = new("step", "accept");
    public static readonly Tag Claim = new("step", "claim");
    public static readonly Tag Record = new("step", "record");

    public static readonly Tag Delivered = new("state", "delivered");
    public static readonly Tag Arrived = new("state", "arrived");
    public static readonly Tag Receipt = new("state", "receipt");
    public static readonly Tag Dead = new("state", "dead");
    public static readonly Tag Canceled = new("state", "canceled");
    public static readonly Tag Filtered = new("state", "filtered");

    public static readonly Tag Payload = new("what", "payload");
    public static readonly Tag Attempt = new("what", "attempt");
    public static readonly Tag Delivery = new("what", "delivery");
    public static readonly Tag Message = new("what", "message");
    public static readonly Tag Endpoint = new("what", "endpoint");
    public static readonly Tag Application = new("what", "application");
    public static readonly Tag Incident = new("what", "incident");
    public static readonly Tag LedgerHour = new("what", "ledger_hour");

    public static readonly Tag LaneReady = new("state", "ready");
    public static readonly Tag LaneIdle = new("state", "idle");
    public static readonly Tag LanePaused = new("state", "paused");
    public static readonly Tag LaneHeld = new("state", "held");

    public static readonly Tag LetterOpen = new("state", "open");
    public static readonly Tag LetterAcknowledged = new("state", "acknowledged");

    public static readonly Tag NotificationSent = new("state", "sent");
    public static readonly Tag NotificationFailed = new("state", "failed");

    private static readonly Tag OutcomeDelivered = new("outcome", "delivered");
    private static readonly Tag OutcomeRejected = new("outcome", "rejected");
    private static readonly Tag OutcomeNotSent = new("outcome", "not_sent");
    private static readonly Tag OutcomeUnknown = new("outcome", "unknown");

    public static readonly Tag OutcomeReceipt = new("outcome", "receipt");

    private static readonly Tag AnswerProcessed = new("answer", "processed");
    private static readonly Tag AnswerNotProcessed = new("answer", "not_processed");
    private static readonly Tag AnswerNone = new("answer", "none");

    private static readonly Tag ReasonRejected = new("reason", "rejected");
    private static readonly Tag ReasonNotSent = new("reason", "not_sent");
    private static readonly Tag ReasonUnknown = new("reason", "unknown");
    private static readonly Tag ReasonOurs = new("reason", "ours");
    private static readonly Tag ReasonPayloadGone = new("reason", "payload_gone");

    public static Tag Of(Attempt attempt) => attempt.IsReceipt ? OutcomeReceipt : Of(attempt.Outcome);

    public static Tag Of(ReceiptAnswer answer) => answer switch
    {
        ReceiptAnswer.Processed => AnswerProcessed,
        ReceiptAnswer.NotProcessed => AnswerNotProcessed,
        _ => AnswerNone,
    };

    public static Tag Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => OutcomeDelivered,
        AttemptOutcome.Rejected => OutcomeRejected,
        AttemptOutcome.NotSent => OutcomeNotSent,
        _ => OutcomeUnknown,
    };

    public static Tag Of(DeadLetterReason reason) => reason switch
    {
        DeadLetterReason.Rejected => ReasonRejected,
        DeadLetterReason.NotSent => ReasonNotSent,
        DeadLetterReason.Unknown => ReasonUnknown,
        DeadLetterReason.Ours => ReasonOurs,
        DeadLetterReason.PayloadGone => ReasonPayloadGone,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without a word for it."),
    };
}

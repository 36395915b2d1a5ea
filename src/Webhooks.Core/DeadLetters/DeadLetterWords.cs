using Webhooks.Core.Deliveries;

namespace Webhooks.Core.DeadLetters;

/// <summary>The wire's words for dead letters.</summary>
internal static class DeadLetterWords
{
    public static readonly (string Word, DeadLetterCause Value)[] Causes =
    [
        ("rejected", DeadLetterCause.Rejected), ("notSent", DeadLetterCause.NotSent), ("unknown", DeadLetterCause.Unknown),
        ("ours", DeadLetterCause.Ours), ("payloadGone", DeadLetterCause.PayloadGone), ("heldUnknown", DeadLetterCause.HeldUnknown),
        ("parked", DeadLetterCause.Parked),
    ];

    public static readonly (string Word, DeadLetterStatus Value)[] Statuses =
    [
        ("undecided", DeadLetterStatus.Undecided), ("open", DeadLetterStatus.Open), ("acknowledged", DeadLetterStatus.Acknowledged),
        ("replayed", DeadLetterStatus.Replayed), ("discarded", DeadLetterStatus.Discarded),
        ("arrived", DeadLetterStatus.Arrived),
    ];

    public static DeadLetterCause CauseOf(DeadLetterReason? dead, HoldReason? held) => (dead, held) switch
    {
        (DeadLetterReason.Rejected, _) => DeadLetterCause.Rejected,
        (DeadLetterReason.NotSent, _) => DeadLetterCause.NotSent,
        (DeadLetterReason.Unknown, _) => DeadLetterCause.Unknown,
        (DeadLetterReason.PayloadGone, _) => DeadLetterCause.PayloadGone,
        (null, HoldReason.UnknownOutcome) => DeadLetterCause.HeldUnknown,
        (null, HoldReason.Parked) => DeadLetterCause.Parked,
        _ => DeadLetterCause.Ours,
    };

    /// <summary>Null for what is held.</summary>
    public static DeadLetterReason? DeadReasonOf(DeadLetterCause cause) => cause switch
    {
        DeadLetterCause.Rejected => DeadLetterReason.Rejected,
        DeadLetterCause.NotSent => DeadLetterReason.NotSent,
        DeadLetterCause.Unknown => DeadLetterReason.Unknown,
        DeadLetterCause.Ours => DeadLetterReason.Ours,
        DeadLetterCause.PayloadGone => DeadLetterReason.PayloadGone,
        _ => null,
    };

    /// <summary>Null for what is dead.</summary>
    public static HoldReason? HoldReasonOf(DeadLetterCause cause) => cause switch
    {
        DeadLetterCause.HeldUnknown => HoldReason.UnknownOutcome,
        DeadLetterCause.Parked => HoldReason.Parked,
        _ => null,
    };
}

/// <summary>How a list asks for states.</summary>
internal enum DeadLetterStatus
{
    /// <summary>Open or acknowledged: a decision is still to be made.</summary>
    Undecided,

    Open,
    Acknowledged,
    Replayed,
    Discarded,
    Arrived,
}

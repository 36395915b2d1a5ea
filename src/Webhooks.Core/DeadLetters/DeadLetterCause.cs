namespace Webhooks.Core.DeadLetters;

/// <summary>The API's one word for why a delivery is in front of people: why it is dead, or why it is held.</summary>
internal enum DeadLetterCause
{
    /// <inheritdoc cref="DeadLetterReason.Rejected"/>
    Rejected,

    /// <inheritdoc cref="DeadLetterReason.NotSent"/>
    NotSent,

    /// <inheritdoc cref="DeadLetterReason.Unknown"/>
    Unknown,

    /// <inheritdoc cref="DeadLetterReason.Ours"/>
    Ours,

    /// <inheritdoc cref="DeadLetterReason.PayloadGone"/>
    PayloadGone,

    /// <summary>Held: the last attempt's outcome is unknown, and the endpoint asks for a person's decision.</summary>
    HeldUnknown,

    /// <summary>Held: it failed at the head of its ordering key, which goes on without it.</summary>
    Parked,
}

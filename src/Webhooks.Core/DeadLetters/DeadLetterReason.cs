namespace Webhooks.Core.DeadLetters;

/// <summary>Why a delivery became a dead letter: whose fault the last attempt was.</summary>
internal enum DeadLetterReason
{
    /// <summary>The subscriber answered, and refused.</summary>
    Rejected = 1,

    /// <summary>The subscriber could not be reached.</summary>
    NotSent = 2,

    /// <summary>The last attempt's outcome is unknown: the subscriber may have the message.</summary>
    Unknown = 3,

    /// <summary>The service itself failed too often: its workers were lost with this delivery in hand.</summary>
    Ours = 4,

    /// <summary>The payload expired or was expunged before it could be delivered.</summary>
    PayloadGone = 5,
}

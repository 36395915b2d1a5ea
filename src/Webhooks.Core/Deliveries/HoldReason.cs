namespace Webhooks.Core.Deliveries;

/// <summary>Why a delivery waits for a human.</summary>
internal enum HoldReason
{
    /// <summary>Whether it arrived is unknown, and the endpoint's policy is to ask a human.</summary>
    UnknownOutcome = 1,

    /// <summary>It failed as often as its endpoint bears it at the head of an ordering key; those behind it go on without it.</summary>
    Parked = 2,
}

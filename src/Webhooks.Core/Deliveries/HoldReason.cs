namespace Webhooks.Core.Deliveries;

/// <summary>Why a delivery waits for a human.</summary>
internal enum HoldReason
{
    /// <summary>Whether it arrived is unknown, and the endpoint's policy is to ask a human.</summary>
    UnknownOutcome = 1,

    /// <summary>It failed too often while others of its ordering key waited behind it; they go on without it.</summary>
    Parked = 2,
}

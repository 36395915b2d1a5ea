namespace Webhooks.Core.Endpoints;

/// <summary>What follows an attempt whose outcome is unknown.</summary>
internal enum UnknownOutcomePolicy
{
    /// <summary>Send again on the schedule; the subscriber deduplicates.</summary>
    Resend = 0,

    /// <summary>Hold the delivery until a human decides.</summary>
    Hold = 1,

    /// <summary>Never send again: a dead letter at once. What is sent to such an endpoint arrives at most once.</summary>
    DeadLetter = 2,
}

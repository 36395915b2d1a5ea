namespace Webhooks.Core.Endpoints;

/// <summary>What follows an attempt whose outcome is unknown.</summary>
internal enum UnknownOutcomePolicy
{
    /// <summary>Send again on the schedule; the subscriber deduplicates.</summary>
    Resend = 0,

    /// <summary>Hold the delivery until a human decides.</summary>
    Hold = 1,
}

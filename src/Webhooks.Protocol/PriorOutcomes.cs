namespace Webhooks.Protocol;

/// <summary>The values of <see cref="WebhookHeaders.PriorOutcome"/>: whether the receiver may already have this message.</summary>
public static class PriorOutcomes
{
    /// <summary>This is the first attempt.</summary>
    public const string None = "none";

    /// <summary>The receiver answered, and not with 2xx.</summary>
    public const string Rejected = "rejected";

    /// <summary>No byte of the request left the sender: the receiver can't have the message from that attempt.</summary>
    public const string NotSent = "not-sent";

    /// <summary>The request was sent and no complete answer came: the receiver may have it, so this attempt may be a duplicate.</summary>
    public const string Unknown = "unknown";
}

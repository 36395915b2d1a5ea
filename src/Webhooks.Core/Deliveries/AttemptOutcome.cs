namespace Webhooks.Core.Deliveries;

/// <summary>What an attempt showed about the subscriber having the message.</summary>
internal enum AttemptOutcome
{
    /// <summary>A complete 2xx answer.</summary>
    Delivered = 1,

    /// <summary>Any other complete answer, redirects included: they are not followed.</summary>
    Rejected = 2,

    /// <summary>No byte of the request left: DNS, connect or TLS failed, or the address is blocked.</summary>
    NotSent = 3,

    /// <summary>Request bytes left and no complete answer came: the subscriber may have the message.</summary>
    Unknown = 4,
}

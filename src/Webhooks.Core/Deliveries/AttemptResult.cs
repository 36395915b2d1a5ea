using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Deliveries;

/// <summary>What one attempt showed.</summary>
internal sealed record AttemptResult
{
    /// <summary>Null when nothing was tried: the circuit is open, the node stops, or a fault of our own came first.</summary>
    public required AttemptOutcome? Outcome { get; init; }

    /// <summary>
    /// The fault is the service's own (shutdown, a lost worker, a bug): the attempt does not use up the subscriber's schedule.
    /// </summary>
    public bool OurFault { get; init; }

    /// <summary>
    /// How long the endpoint's circuit stays open on this node; null when it is closed. Without an outcome the circuit was open and nothing
    /// was tried; with one, this attempt opened it. Either way the lane rests for that long.
    /// </summary>
    public TimeSpan? CircuitOpenFor { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>How long the endpoint asked us to wait (Retry-After on any refusal), clamped to 24 hours; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the endpoint's receipt URL said before; null where it was not asked.</summary>
    public ReceiptFinding? Receipt { get; init; }

    /// <summary>Nothing was sent: the subscriber's receipt says that it has the message.</summary>
    public bool IsReceipt => Receipt?.Answer == ReceiptAnswer.Processed;

    public AttemptTimings Timings { get; init; } = AttemptTimings.None;

    /// <summary>The answer's header lines, <c>name: value</c> joined by line feeds; null without an answer.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The answer's body up to the cap, or up to where it broke off; null without an answer.</summary>
    public byte[]? ResponseBody { get; init; }

    /// <summary>What went wrong, one of <see cref="AttemptErrorCodes"/>; null when delivered.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people; it never quotes a secret, a body or a full URL.</summary>
    public string? ErrorText { get; init; }
}

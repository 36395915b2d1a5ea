namespace Webhooks.Core.Deliveries;

/// <summary>What one attempt showed.</summary>
internal sealed record AttemptResult
{
    /// <summary>Null when nothing was tried: the circuit is open, the node stops, or a fault of our own came first.</summary>
    public required AttemptOutcome? Outcome { get; init; }

    /// <summary>The fault is the service's own (shutdown, a lost worker, a bug): the attempt does not use up the subscriber's schedule.</summary>
    public bool OurFault { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>How long the endpoint asked us to wait (Retry-After on any refusal), clamped to 24 hours; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the endpoint's circuit stays open; null when it is closed. Set without an outcome when it kept the attempt from being made, and with one when this attempt opened it.</summary>
    public TimeSpan? CircuitOpenFor { get; init; }

    public AttemptTimings Timings { get; init; } = AttemptTimings.None;

    /// <summary>The answer's header lines, <c>name: value</c> joined by line feeds; null without an answer.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The answer's body up to the cap; null without an answer.</summary>
    public byte[]? ResponseBody { get; init; }

    /// <summary>A stable word for what went wrong (<c>timeout</c>, <c>dns</c>, <c>blocked_address</c> …); null when delivered.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    public string? ErrorText { get; init; }
}

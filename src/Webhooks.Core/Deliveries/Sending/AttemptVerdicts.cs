namespace Webhooks.Core.Deliveries.Sending;

/// <summary>What the pipeline makes of results, and the results of attempts that were not made.</summary>
internal static class AttemptVerdicts
{
    /// <summary>
    /// Only where provably nothing was sent, and where a second try could differ: a rule that blocks an address blocks it again, and after
    /// a timeout nothing is "at once" any more (the pool would have the second try wait for the first one's connection).
    /// </summary>
    public static bool MayRetryAtOnce(AttemptResult? result) =>
        result is { Outcome: AttemptOutcome.NotSent, ErrorCode: not (AttemptErrorCodes.BlockedAddress or AttemptErrorCodes.Timeout) };

    /// <summary>Faults of our own never trip a subscriber's breaker, and neither does an endpoint that answers with a clear no (3xx, 4xx).</summary>
    public static bool CountsAgainstEndpoint(AttemptResult? result) =>
        result is { OurFault: false, Outcome: AttemptOutcome.NotSent or AttemptOutcome.Unknown }
            or { OurFault: false, Outcome: AttemptOutcome.Rejected, StatusCode: >= 500 };

    public static AttemptResult CircuitOpen(TimeSpan openFor) => new()
    {
        Outcome = null,
        CircuitOpenFor = openFor,
        ErrorCode = AttemptErrorCodes.CircuitOpen,
        ErrorText = "Half of the endpoint's recent attempts failed; it is left in peace for a while.",
    };

    /// <summary>Nothing was sent, for a reason that is ours: the delivery is released as it was.</summary>
    public static AttemptResult Own(string code, string text) => new() { Outcome = null, OurFault = true, ErrorCode = code, ErrorText = text };

    /// <summary>The subscriber has it, it says. That is no answer of the endpoint's URL: nothing was sent there.</summary>
    public static AttemptResult Received(ReceiptFinding receipt, TimeSpan took) => new()
    {
        Outcome = AttemptOutcome.Delivered,
        Receipt = receipt,
        Timings = AttemptTimings.None with { Total = took },
    };

    public static AttemptResult NotSent(string code, string text) => new() { Outcome = AttemptOutcome.NotSent, ErrorCode = code, ErrorText = text };
}

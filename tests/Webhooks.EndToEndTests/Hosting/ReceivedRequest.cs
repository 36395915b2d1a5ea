using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>One request that a subscriber read to its end, whether or not its answer arrived.</summary>
/// <param name="Order">1 for the first that the subscriber received, rising.</param>
/// <param name="Status">What it was answered.</param>
internal sealed record ReceivedRequest(
    long Order, string MessageId, int Attempt, string PriorOutcome, long Sequence, string IdempotencyKey, byte[] Body, string BodyHash,
    VerificationResult Signature, int Status)
{
    /// <summary>What the request says about being sent again by a person; null where it says nothing.</summary>
    public string? Replay { get; init; }
}

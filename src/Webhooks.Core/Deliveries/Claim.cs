namespace Webhooks.Core.Deliveries;

/// <summary>What a claim leased.</summary>
/// <param name="NextReadyAt">When the next lane is ready; null when none is known to become ready by itself.</param>
internal sealed record Claim(IReadOnlyList<ClaimedDelivery> Deliveries, DateTimeOffset? NextReadyAt)
{
    /// <summary>
    /// Due deliveries were left behind because of <see cref="ClaimRequest.MaxPayloadBytes"/>: looking again before some are freed is in vain.
    /// </summary>
    public bool OutOfBytes { get; init; }
}

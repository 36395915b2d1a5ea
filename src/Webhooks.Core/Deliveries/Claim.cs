namespace Webhooks.Core.Deliveries;

/// <summary>What a claim leased.</summary>
/// <param name="NextReadyAt">When the next lane is ready; null when none is known to become ready by itself.</param>
internal sealed record Claim(IReadOnlyList<ClaimedDelivery> Deliveries, DateTimeOffset? NextReadyAt);

namespace Webhooks.Core.Endpoints;

/// <summary>What a subscriber verifies deliveries with.</summary>
/// <param name="Key" example="whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD">
/// The shared secret (<c>whsec_</c>), or the public key (<c>whpk_</c>) of an Ed25519 pair.
/// </param>
internal sealed record EndpointSecretOut(string Key);

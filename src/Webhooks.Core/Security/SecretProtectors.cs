using Microsoft.AspNetCore.DataProtection;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Security;

/// <summary>One protector for each kind of text that is encrypted at rest.</summary>
internal sealed class SecretProtectors(IDataProtectionProvider provider, SharedKeys? keys = null)
{
    // The purposes are part of what is stored: with another text nothing that was encrypted before can be read.

    /// <summary>Signing secrets of endpoints (<c>whsec_…</c>, <c>whsk_…</c>).</summary>
    public SecretProtector EndpointSecrets { get; } = new(provider.CreateProtector("Webhooks.EndpointSecrets.v1"), keys);

    /// <summary>Endpoints' own headers, a JSON object of strings; many are credentials.</summary>
    public SecretProtector EndpointHeaders { get; } = new(provider.CreateProtector("Webhooks.EndpointHeaders.v1"), keys);

    /// <summary>Answers kept for idempotent requests; some carry a secret that was shown once.</summary>
    public SecretProtector IdempotentAnswers { get; } = new(provider.CreateProtector("Webhooks.IdempotentAnswers.v1"), keys);

    /// <summary>Settings of channels over which people are told: passwords, keys and addresses that are as good as one.</summary>
    public SecretProtector ChannelSettings { get; } = new(provider.CreateProtector("Webhooks.ChannelSettings.v1"), keys);

    /// <summary>What stands in the links to acknowledge an incident. Encrypted, too, but above all it can't be made by anybody else.</summary>
    public SecretProtector AcknowledgementLinks { get; } = new(provider.CreateProtector("Webhooks.AcknowledgementLinks.v1"), keys);
}

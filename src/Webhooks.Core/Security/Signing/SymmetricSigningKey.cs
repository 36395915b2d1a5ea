using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>Signs <c>v1,</c> by HMAC-SHA256.</summary>
internal sealed class SymmetricSigningKey(SymmetricSecret secret) : ISigningKey
{
    public int SignatureLength => SymmetricSecret.SignatureLength;

    public void Sign(SignedContent content, Span<char> destination) => secret.Sign(content, destination);
}

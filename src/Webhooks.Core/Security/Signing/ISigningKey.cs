using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>A secret made ready to sign: HMAC-SHA256 or Ed25519. Safe for concurrent use.</summary>
internal interface ISigningKey
{
    /// <summary>How many characters a signature has, version included.</summary>
    int SignatureLength { get; }

    /// <summary>Writes one entry of the signature header.</summary>
    void Sign(SignedContent content, Span<char> destination);
}

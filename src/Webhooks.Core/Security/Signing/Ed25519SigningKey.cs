using NSec.Cryptography;
using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>Signs <c>v1a,</c> by Ed25519 (RFC 8032).</summary>
internal sealed class Ed25519SigningKey : ISigningKey
{
    public const string Version = "v1a";
    private const string Mark = Version + ",";
    private const int SignatureBytes = 64;

    // Not disposed: a signer that leaves the cache may still be signing on another thread. The key's handle frees it when collected.
    private readonly Key _key;

    public Ed25519SigningKey(Ed25519Secret secret) =>
        _key = Key.Import(SignatureAlgorithm.Ed25519, secret.Seed, KeyBlobFormat.RawPrivateKey);

    public int SignatureLength => Mark.Length + SignatureBytes / 3 * 4 + 4;

    public void Sign(SignedContent content, Span<char> destination)
    {
        Span<byte> signature = stackalloc byte[SignatureBytes];
        SignatureAlgorithm.Ed25519.Sign(_key, content.Bytes, signature);
        Mark.CopyTo(destination);
        Convert.TryToBase64Chars(signature, destination[Mark.Length..], out _);
    }
}

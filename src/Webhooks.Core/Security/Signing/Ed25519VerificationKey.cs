using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;
using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>Verifies <c>v1a,</c> signatures, for those who hold the public key only.</summary>
internal sealed class Ed25519VerificationKey : IVerificationKey
{
    private const int SignatureBytes = 64;

    private readonly PublicKey _key;

    private Ed25519VerificationKey(PublicKey key) => _key = key;

    public string Version => Ed25519SigningKey.Version;

    /// <returns>False when the bytes are not a point on the curve.</returns>
    public static bool TryCreate(Ed25519PublicKey publicKey, [NotNullWhen(true)] out Ed25519VerificationKey? key)
    {
        key = PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey.Bytes, KeyBlobFormat.RawPublicKey, out var imported)
            ? new Ed25519VerificationKey(imported!)
            : null;
        return key is not null;
    }

    public bool Verify(SignedContent content, SignatureHeader signatures)
    {
        Span<byte> signature = stackalloc byte[SignatureBytes];
        foreach (var entry in signatures)
        {
            if (entry.Version.SequenceEqual(Version)
                && Convert.TryFromBase64Chars(entry.Value, signature, out var length)
                && length == SignatureBytes
                && SignatureAlgorithm.Ed25519.Verify(_key, content.Bytes, signature))
                return true;
        }

        return false;
    }
}

using NSec.Cryptography;
using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>Makes and checks the two halves of an <see cref="Ed25519Secret"/>.</summary>
internal static class Ed25519KeyPair
{
    public static Ed25519Secret Generate()
    {
        var parameters = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using var key = Key.Create(SignatureAlgorithm.Ed25519, parameters);
        return Ed25519Secret.Create(key.Export(KeyBlobFormat.RawPrivateKey), PublicKeyOf(key));
    }

    /// <summary>Whether the public half is the one that the seed gives; if not, nobody could verify what the seed signs.</summary>
    public static bool Matches(Ed25519Secret secret)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, secret.Seed, KeyBlobFormat.RawPrivateKey);
        return PublicKeyOf(key).Bytes.SequenceEqual(secret.PublicKey.Bytes);
    }

    private static Ed25519PublicKey PublicKeyOf(Key key) => Ed25519PublicKey.Create(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
}

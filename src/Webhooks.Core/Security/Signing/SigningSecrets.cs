using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>What an endpoint's secret may be, and what is made of it.</summary>
internal static class SigningSecrets
{
    /// <summary>Reads a secret given by a client: the text's form, and that the halves of an Ed25519 pair belong together.</summary>
    /// <param name="error">A sentence that names the broken rule and never quotes the secret.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out SigningSecret? secret, [NotNullWhen(false)] out string? error)
    {
        if (!SigningSecret.TryParse(text, out secret, out error))
            return false;
        if (secret is not Ed25519Secret pair || Ed25519KeyPair.Matches(pair))
            return true;

        secret = null;
        error = "The public key of an Ed25519 secret (its last 32 bytes) must be the one that its seed (its first 32 bytes) gives.";
        return false;
    }

    /// <summary>A new secret of the kind that <paramref name="current"/> is, so that rotating doesn't change the scheme.</summary>
    public static SigningSecret GenerateLike(SigningSecret current) =>
        current is Ed25519Secret ? Ed25519KeyPair.Generate() : SymmetricSecret.Generate();

    /// <summary>What the subscriber needs in order to verify: the shared secret, or only the public key of a pair.</summary>
    public static string RevealToSubscriber(SigningSecret secret) =>
        secret is Ed25519Secret pair ? pair.PublicKey.ToString() : secret.Reveal();

    public static ISigningKey ToSigningKey(SigningSecret secret) => secret switch
    {
        SymmetricSecret symmetric => new SymmetricSigningKey(symmetric),
        Ed25519Secret pair => new Ed25519SigningKey(pair),
        _ => throw new UnreachableException(),
    };

    /// <summary>For those who receive what the secret signed; the secret must have been read by <see cref="TryParse"/>.</summary>
    public static IVerificationKey ToVerificationKey(SigningSecret secret) => secret switch
    {
        SymmetricSecret symmetric => symmetric,
        Ed25519Secret pair when Ed25519VerificationKey.TryCreate(pair.PublicKey, out var key) => key,
        _ => throw new UnreachableException(),
    };
}

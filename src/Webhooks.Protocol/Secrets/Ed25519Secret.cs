using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Protocol;

/// <summary>
/// An Ed25519 key pair (RFC 8032): <c>whsk_</c> and the base64 of the 32-byte seed followed by the 32-byte public key.
/// It only carries bytes; whether the two halves belong together is for whoever has an Ed25519 implementation.
/// </summary>
public sealed class Ed25519Secret : SigningSecret
{
    /// <summary>What the text starts with.</summary>
    public const string Prefix = "whsk_";

    /// <summary>How many bytes a seed has (RFC 8032, section 5.1.5).</summary>
    public const int SeedLength = 32;

    /// <summary>How many bytes the base64 decodes to: seed and public key.</summary>
    public const int Length = SeedLength + Ed25519PublicKey.Length;

    private readonly byte[] _seed;

    private Ed25519Secret(byte[] seed, Ed25519PublicKey publicKey)
    {
        _seed = seed;
        PublicKey = publicKey;
    }

    /// <summary>What the receiver verifies with.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>The private half: 32 bytes. Never log it.</summary>
    public ReadOnlySpan<byte> Seed => _seed;

    /// <summary>Joins a seed and the public key that was derived from it.</summary>
    /// <exception cref="ArgumentException">The seed does not have <see cref="SeedLength"/> bytes.</exception>
    public static Ed25519Secret Create(ReadOnlySpan<byte> seed, Ed25519PublicKey publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        if (seed.Length != SeedLength)
            throw new ArgumentException($"An Ed25519 seed has {SeedLength} bytes.", nameof(seed));

        return new Ed25519Secret(seed.ToArray(), publicKey);
    }

    /// <summary>Reads a key pair.</summary>
    /// <param name="error">Where false is returned, a sentence that names the broken rule and never quotes the text.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Ed25519Secret? secret, [NotNullWhen(false)] out string? error)
    {
        secret = null;
        error = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            error = "An Ed25519 secret must start with whsk_.";
        else if (SecretText.Decode(text.AsSpan(Prefix.Length)) is not { } bytes)
            error = "An Ed25519 secret must be whsk_ followed by base64 (A-Z a-z 0-9 + /, padded with =, no blanks).";
        else if (bytes.Length != Length)
            error = $"An Ed25519 secret must have {Length} bytes after base64 decoding, the seed and the public key; "
                + $"this one has {bytes.Length}.";
        else
            secret = new Ed25519Secret(bytes[..SeedLength], Ed25519PublicKey.Create(bytes.AsSpan(SeedLength)));

        return secret is not null;
    }

    /// <inheritdoc />
    public override string Reveal() => Prefix + Convert.ToBase64String([.. _seed, .. PublicKey.Bytes]);

    /// <summary>The prefix alone, so that a log line or an error can't leak the secret.</summary>
    public override string ToString() => Prefix + "***";
}

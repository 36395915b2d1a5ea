using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Protocol;

/// <summary>The public half of an <see cref="Ed25519Secret"/>: <c>whpk_</c> and the base64 of 32 bytes (RFC 8032, section 5.1.5).</summary>
public sealed class Ed25519PublicKey
{
    /// <summary>What the text starts with.</summary>
    public const string Prefix = "whpk_";

    /// <summary>How many bytes a public key has.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    private Ed25519PublicKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The raw key.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Wraps a raw key.</summary>
    /// <exception cref="ArgumentException">It does not have <see cref="Length"/> bytes.</exception>
    public static Ed25519PublicKey Create(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length
            ? new Ed25519PublicKey(bytes.ToArray())
            : throw new ArgumentException($"An Ed25519 public key has {Length} bytes.", nameof(bytes));

    /// <summary>Reads a public key.</summary>
    /// <param name="error">Where false is returned, a sentence that names the broken rule.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Ed25519PublicKey? publicKey, [NotNullWhen(false)] out string? error)
    {
        publicKey = null;
        error = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            error = "An Ed25519 public key must start with whpk_.";
        else if (SecretText.Decode(text.AsSpan(Prefix.Length)) is not { } bytes)
            error = "An Ed25519 public key must be whpk_ followed by base64 (A-Z a-z 0-9 + /, padded with =, no blanks).";
        else if (bytes.Length != Length)
            error = $"An Ed25519 public key must have {Length} bytes after base64 decoding; this one has {bytes.Length}.";
        else
            publicKey = new Ed25519PublicKey(bytes);

        return publicKey is not null;
    }

    /// <summary>The key as text, prefix included. It is no secret.</summary>
    public override string ToString() => Prefix + Convert.ToBase64String(_bytes);
}

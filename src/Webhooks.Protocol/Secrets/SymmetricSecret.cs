using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Protocol;

/// <summary>A shared secret for HMAC-SHA256 signatures: <c>whsec_</c> and the base64 of 24 to 75 bytes.</summary>
public sealed class SymmetricSecret : SigningSecret, IVerificationKey
{
    /// <summary>What the text starts with; may be left out on input.</summary>
    public const string Prefix = "whsec_";

    /// <summary>The fewest bytes a secret may have (192 bits; Standard Webhooks, "Signature scheme").</summary>
    public const int MinLength = 24;

    /// <summary>The most bytes a secret may have: the 100 base64 characters that the wire API accepts.</summary>
    public const int MaxLength = 75;

    /// <summary>The version that marks this kind of signature.</summary>
    public const string Version = "v1";

    /// <summary>How many characters a signature has: <c>v1,</c> and the base64 of 32 bytes.</summary>
    public const int SignatureLength = 3 + 44;

    // HMAC-SHA256's output is 32 bytes, so a longer key adds nothing and a shorter one gives strength away (RFC 2104, section 3).
    private const int GeneratedLength = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key;

    private SymmetricSecret(byte[] key) => _key = key;

    /// <summary>A new secret of 32 random bytes.</summary>
    public static SymmetricSecret Generate() => new(RandomNumberGenerator.GetBytes(GeneratedLength));

    /// <summary>Reads a secret; the prefix may be left out.</summary>
    /// <param name="error">Where false is returned, a sentence that names the broken rule and never quotes the text.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out SymmetricSecret? secret, [NotNullWhen(false)] out string? error)
    {
        secret = null;
        error = null;
        if (string.IsNullOrEmpty(text))
            error = "A signing secret must not be empty.";
        else if (text.StartsWith(Ed25519PublicKey.Prefix, StringComparison.Ordinal))
            error = "This is a public key (whpk_), which can only verify; a signing secret starts with whsec_ or whsk_.";
        else if (Decode(text) is not { } key)
            error = "A signing secret must be whsec_ followed by base64 (A-Z a-z 0-9 + /, padded with =, no blanks).";
        else if (key.Length is < MinLength or > MaxLength)
            error = $"A signing secret must have {MinLength} to {MaxLength} bytes after base64 decoding; this one has {key.Length}.";
        else
            secret = new SymmetricSecret(key);

        return secret is not null;
    }

    /// <summary>Signs, as one entry of <see cref="WebhookHeaders.Signature"/>.</summary>
    public string Sign(SignedContent content) =>
        string.Create(SignatureLength, new Signing(this, content), static (text, state) => state.Secret.Sign(state.Content, text));

    /// <summary>Signs into <paramref name="destination"/> without allocating.</summary>
    /// <param name="destination">At least <see cref="SignatureLength"/> characters.</param>
    public void Sign(SignedContent content, Span<char> destination)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, content.Bytes, hash);
        "v1,".CopyTo(destination);
        Convert.TryToBase64Chars(hash, destination[3..], out _);
    }

    /// <inheritdoc />
    public override string Reveal() => Prefix + Convert.ToBase64String(_key);

    /// <summary>The prefix alone, so that a log line or an error can't leak the secret.</summary>
    public override string ToString() => Prefix + "***";

    /// <inheritdoc />
    string IVerificationKey.Version => Version;

    /// <inheritdoc />
    bool IVerificationKey.Verify(SignedContent content, SignatureHeader signatures)
    {
        // Computed once whatever the number of entries, and compared as text in constant time: only the one right spelling passes.
        Span<char> expected = stackalloc char[SignatureLength];
        Sign(content, expected);

        Span<byte> expectedBytes = stackalloc byte[SignatureLength];
        Encoding.ASCII.GetBytes(expected, expectedBytes);
        return signatures.ContainsInConstantTime(expectedBytes);
    }

    private static byte[]? Decode(string text) =>
        SecretText.Decode(text.StartsWith(Prefix, StringComparison.Ordinal) ? text.AsSpan(Prefix.Length) : text);

    private readonly ref struct Signing(SymmetricSecret secret, SignedContent content)
    {
        public SymmetricSecret Secret { get; } = secret;

        public SignedContent Content { get; } = content;
    }
}

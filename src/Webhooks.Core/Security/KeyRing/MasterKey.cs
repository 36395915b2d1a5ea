using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>Encrypts the keys of the key ring by AES-256-GCM (NIST SP 800-38D).</summary>
internal sealed class MasterKey
{
    public const int Length = 32;

    private const int IdLength = 8;
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdLength));
    }

    /// <summary>Tells master keys apart without giving one away: the first bytes of the key's SHA-256.</summary>
    public string Id { get; }

    /// <param name="error">The end of a sentence that begins with the setting's name; it never quotes the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MasterKey? key, [NotNullWhen(false)] out string? error)
    {
        var bytes = new byte[text.Length];
        var isBase64 = Convert.TryFromBase64String(text, bytes, out var length);
        key = isBase64 && length == Length ? new MasterKey(bytes[..length]) : null;
        error = key is not null
            ? null
            : $"must be the base64 of exactly {Length} bytes, as 'openssl rand -base64 32' prints it; "
              + (isBase64 ? $"this one has {length} bytes." : "this one is not base64.");
        return key is not null;
    }

    /// <returns>Nonce, ciphertext and tag, in this order.</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext)
    {
        // A random nonce is safe here: a key ring gets a handful of keys a year, and the bound for random ones is 2^32 (SP 800-38D, 8.3).
        var sealedBytes = new byte[NonceLength + plaintext.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        var tag = sealedBytes.AsSpan(NonceLength + plaintext.Length);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceLength, plaintext.Length), tag);
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">The bytes are not what <see cref="Encrypt"/> of this key returned.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
            throw new CryptographicException("A key of the key ring is cut short.");

        var plaintext = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..], plaintext);
        return plaintext;
    }
}

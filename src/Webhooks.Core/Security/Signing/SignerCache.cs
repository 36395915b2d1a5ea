using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>Ready signers by the stored secrets they were made of, so that an attempt neither decrypts nor imports keys.</summary>
internal sealed class SignerCache(SecretProtectors protectors, int sizeLimit = SignerCache.DefaultSizeLimit) : IDisposable
{
    private const int DefaultSizeLimit = 16_384;

    // Each Ed25519 key takes guarded pages and some three memory mappings, of which Linux gives a process 65,530.
    // At 8 the cache holds some 1,800 such keys.
    private const int GuardedKeySize = 8;

    private static readonly TimeSpan SlidingExpiration = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _signers = new(new MemoryCacheOptions { SizeLimit = sizeLimit });

    /// <summary>How many signers are held.</summary>
    public int Count => _signers.Count;

    /// <param name="protectedSecrets">Every live secret of the endpoint, newest first, as stored.</param>
    /// <exception cref="CryptographicException">A secret can't be decrypted.</exception>
    public EndpointSigner Get(IReadOnlyList<byte[]> protectedSecrets)
    {
        var key = new CiphertextKey(protectedSecrets);
        if (_signers.TryGetValue(key, out EndpointSigner? signer))
            return signer!;

        // Two attempts may make the same signer at once; either is right, so nothing is locked.
        signer = new EndpointSigner(protectedSecrets.Select(Read));
        return _signers.Set(key, signer, new MemoryCacheEntryOptions
        {
            Size = 1 + GuardedKeySize * signer.GuardedKeys,
            SlidingExpiration = SlidingExpiration,
        });
    }

    public void Dispose() => _signers.Dispose();

    // Only secrets that passed SigningSecrets.TryParse are stored.
    private SigningSecret Read(byte[] protectedSecret) =>
        SigningSecret.TryParse(protectors.EndpointSecrets.Unprotect(protectedSecret), out var secret, out var error)
            ? secret
            : throw new InvalidOperationException($"A stored endpoint secret is not one: {error}");
}

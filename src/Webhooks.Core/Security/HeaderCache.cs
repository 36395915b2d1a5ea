using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;

namespace Webhooks.Core.Security;

/// <summary>Endpoints' own headers by the ciphertext they were read from, so that an attempt neither decrypts nor parses.</summary>
internal sealed class HeaderCache(SecretProtectors protectors, int sizeLimit = HeaderCache.DefaultSizeLimit) : IDisposable
{
    // In bytes of ciphertext, since one endpoint may have many headers of 4,096 bytes.
    private const int DefaultSizeLimit = 16 * 1024 * 1024;

    private static readonly TimeSpan SlidingExpiration = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _headers = new(new MemoryCacheOptions { SizeLimit = sizeLimit });

    /// <summary>How many endpoints' headers are held.</summary>
    public int Count => _headers.Count;

    /// <param name="protectedHeaders">An encrypted JSON object of strings, as stored; null for none.</param>
    /// <exception cref="CryptographicException">The headers can't be decrypted.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Get(byte[]? protectedHeaders)
    {
        if (protectedHeaders is null)
            return [];

        var key = new CiphertextKey([protectedHeaders]);
        if (_headers.TryGetValue(key, out KeyValuePair<string, string>[]? headers))
            return headers!;

        return _headers.Set(key, Read(protectedHeaders), new MemoryCacheEntryOptions
        {
            Size = protectedHeaders.Length,
            SlidingExpiration = SlidingExpiration,
        });
    }

    public void Dispose() => _headers.Dispose();

    private KeyValuePair<string, string>[] Read(byte[] protectedHeaders) =>
        [.. JsonSerializer.Deserialize<Dictionary<string, string>>(protectors.EndpointHeaders.Unprotect(protectedHeaders)) ?? []];
}

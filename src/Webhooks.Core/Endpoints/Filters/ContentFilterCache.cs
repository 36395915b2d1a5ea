using Microsoft.Extensions.Caching.Memory;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>Compiled filters by their text, so that publishing does not parse them: a changed one is another text.</summary>
internal sealed class ContentFilterCache(int sizeLimit = ContentFilterCache.DefaultSizeLimit) : IDisposable
{
    // In characters of text; compiled, a filter takes several times as much.
    private const int DefaultSizeLimit = 4 * 1024 * 1024;

    private static readonly TimeSpan SlidingExpiration = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _filters = new(new MemoryCacheOptions { SizeLimit = sizeLimit });

    /// <summary>How many filters are held.</summary>
    public int Count => _filters.Count;

    /// <param name="json">An endpoint's filter, as stored.</param>
    public ContentFilter Get(string json)
    {
        if (_filters.TryGetValue(json, out ContentFilter? filter))
            return filter!;

        // Two commits may compile the same filter at once; either is right, so nothing is locked.
        return _filters.Set(json, ContentFilter.Parse(json), new MemoryCacheEntryOptions
        {
            Size = json.Length,
            SlidingExpiration = SlidingExpiration,
        });
    }

    public void Dispose() => _filters.Dispose();
}

using System.Text.Json;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>A payload as filters look at it: parsed once, and only where there is a filter to ask.</summary>
/// <param name="utf8">A JSON object, as <see cref="StrictJson"/> lets it in: as deep as that, and no name twice.</param>
internal sealed class FilteredPayload(ReadOnlyMemory<byte> utf8) : IDisposable
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = StrictJson.MaxDepth };

    private JsonDocument? _document;

    public JsonElement Root => (_document ??= JsonDocument.Parse(utf8, Options)).RootElement;

    public bool Matches(ContentFilter filter) => filter.Matches(Root);

    public void Dispose() => _document?.Dispose();
}

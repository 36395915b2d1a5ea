using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using NJsonSchema;

namespace Webhooks.Core.EventTypes;

/// <summary>Holds payloads against the schemas of event types, each compiled once for its text: a changed one is another text.</summary>
internal sealed class PayloadSchemas(ILogger<PayloadSchemas> logger, int sizeLimit = PayloadSchemas.DefaultSizeLimit) : IDisposable
{
    // In characters of text; compiled, a schema takes tens of times as much.
    private const int DefaultSizeLimit = 4 * 1024 * 1024;

    private static readonly TimeSpan SlidingExpiration = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _compiled = new(new MemoryCacheOptions { SizeLimit = sizeLimit });

    /// <summary>How many compiled schemas are held.</summary>
    public int Count => _compiled.Count;

    /// <param name="eventType">Named in the log.</param>
    /// <param name="schemas">Its schemas by version, as stored.</param>
    /// <param name="payload">A JSON object.</param>
    /// <returns>What does not fit the schema of the highest version.</returns>
    public async Task<IReadOnlyList<PayloadFault>> FindFaultsAsync(string eventType, string schemas, ReadOnlyMemory<byte> payload) =>
        await Compiled(eventType, schemas) is { } schema ? PayloadFaults.Find(schema, Encoding.UTF8.GetString(payload.Span)) : [];

    // A large schema takes seconds to compile: whoever comes meanwhile waits for the same one.
    private Task<JsonSchema?> Compiled(string eventType, string schemas)
    {
        if (_compiled.TryGetValue(schemas, out Lazy<Task<JsonSchema?>>? compiled))
            return compiled!.Value;

        return _compiled.Set(schemas, new Lazy<Task<JsonSchema?>>(() => CompileAsync(eventType, schemas)), new MemoryCacheEntryOptions
        {
            Size = Math.Min(schemas.Length, sizeLimit), // the longest is kept, too: compiled for each message, it would cost most
            SlidingExpiration = SlidingExpiration,
        }).Value;
    }

    private async Task<JsonSchema?> CompileAsync(string eventType, string schemas)
    {
        using var document = JsonDocument.Parse(schemas);
        if (SchemaVersions.Highest([.. document.RootElement.EnumerateObject().Select(version => version.Name)]) is not { } highest)
            return null;

        try
        {
            var schema = document.RootElement.GetProperty(highest).GetRawText();
            return await JsonSchema.FromJsonAsync(schema, null, root => new LocalReferences(root), CancellationToken.None);
        }
        catch (Exception fault)
        {
            // It was compiled when it came in, by another version of this service perhaps. A schema that says nothing refuses nothing.
            logger.SchemaNotCompiled(fault, highest, eventType);
            return null;
        }
    }

    public void Dispose() => _compiled.Dispose();
}

using System.Text.Json;
using NJsonSchema;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.EventTypes;

/// <summary>
/// Compiles the JSON Schemas of an event type, so that a broken one is refused where it is written and not where it is used.
/// </summary>
internal static class EventTypeSchemas
{
    private const string Field = "schemas";

    // NJsonSchema compiles nearly anything, {"type":"banana"} too. What a schema may be is said by the meta-schema of the specification.
    private static readonly Lazy<Task<JsonSchema>> MetaSchema = new(ReadMetaSchemaAsync);

    /// <param name="schemas">A JSON object of version → schema.</param>
    public static async Task<IReadOnlyList<ValidationErrorItem>> FindFaultsAsync(
        ReadOnlyMemory<byte> schemas, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(schemas);
        var faults = new List<ValidationErrorItem>();
        foreach (var version in document.RootElement.EnumerateObject())
        {
            var fault = version.Value.ValueKind is JsonValueKind.Object
                ? await FindFaultAsync(version.Value.GetRawText(), cancellationToken)
                : "Must be an object: a JSON Schema (draft 7).";
            if (fault is not null)
                faults.Add(new ValidationErrorItem(["body", Field, version.Name], fault));
        }

        return faults;
    }

    private static async Task<string?> FindFaultAsync(string schema, CancellationToken cancellationToken)
    {
        try
        {
            var metaSchema = await MetaSchema.Value;
            if (metaSchema.Validate(schema).FirstOrDefault() is { } error)
                return $"Is not a JSON Schema (draft 7): {error.Kind} at '{error.Path}'.";

            return PatternFaults.Find(
                await JsonSchema.FromJsonAsync(schema, null, root => new LocalReferences(root), cancellationToken));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // NJsonSchema says "no" with exceptions of many types, Newtonsoft's among them.
            return $"Is not a JSON Schema (draft 7) that can be compiled: {fault.Message}";
        }
    }

    private static async Task<JsonSchema> ReadMetaSchemaAsync()
    {
        await using var resource = typeof(EventTypeSchemas).Assembly.GetManifestResourceStream("draft-07.schema.json")!;
        return await JsonSchema.FromJsonAsync(resource);
    }
}

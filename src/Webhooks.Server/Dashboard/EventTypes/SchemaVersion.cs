using System.Text.Json;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.EventTypes;

/// <summary>One version of an event type's schema, as people read it.</summary>
/// <param name="Name">The version.</param>
/// <param name="Schema">The JSON Schema, indented.</param>
/// <param name="Examples">Payloads that its author gives, indented.</param>
internal sealed record SchemaVersion(string Name, string Schema, IReadOnlyList<string> Examples)
{
    /// <param name="schemas">A JSON object of version → JSON Schema; null for none.</param>
    public static IReadOnlyList<SchemaVersion> Of(string? schemas)
    {
        if (schemas is null)
            return [];

        using var document = JsonDocument.Parse(schemas);
        return [.. document.RootElement.EnumerateObject().Select(Of)];
    }

    private static SchemaVersion Of(JsonProperty version)
    {
        var examples = version.Value.ValueKind == JsonValueKind.Object
            && version.Value.TryGetProperty("examples", out var found) && found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray().Select(example => FieldForm.Pretty(example.GetRawText()))
            : [];
        return new SchemaVersion(version.Name, FieldForm.Pretty(version.Value.GetRawText()), [.. examples]);
    }
}

using System.Text.Json;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Endpoints;

/// <summary>The examples of an event type: those of its schema's version 1.</summary>
internal static class ExamplePayload
{
    /// <summary>An event type that needs no schema: it shows that deliveries arrive.</summary>
    public const string PingType = "svix.ping";

    public static readonly RawJson Ping = new("""{"success": true}"""u8.ToArray());

    /// <summary>How many examples there are.</summary>
    /// <param name="schemas">The event type's schemas by version; null for none.</param>
    public static int Count(string? schemas)
    {
        using var document = JsonDocument.Parse(schemas ?? "{}");
        return Examples(document).Length;
    }

    /// <param name="schemas">The event type's schemas by version; null for none.</param>
    /// <param name="index">Which one, counted from 0.</param>
    /// <returns>Null when there is no such example, or it is no JSON object.</returns>
    public static RawJson? Of(string? schemas, int index)
    {
        using var document = JsonDocument.Parse(schemas ?? "{}");
        return Examples(document).ElementAtOrDefault(index) is { ValueKind: JsonValueKind.Object } example
            ? new RawJson(System.Text.Encoding.UTF8.GetBytes(example.GetRawText()))
            : null;
    }

    private static JsonElement[] Examples(JsonDocument schemas) =>
        schemas.RootElement.TryGetProperty("1", out var schema)
        && schema.TryGetProperty("examples", out var examples)
        && examples.ValueKind is JsonValueKind.Array
            ? [.. examples.EnumerateArray()]
            : [];
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Webhooks.Server.Demo.Cast;

/// <summary>Payloads as Standard Webhooks recommends them, and the schemas that they fit.</summary>
internal static class Payloads
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static JsonNode Of(EventKind kind, Draw draw) =>
        JsonSerializer.SerializeToNode(new { type = kind.Name, timestamp = draw.Now, data = kind.Data(draw) }, Json)!;

    public static byte[] ToBytes(JsonNode payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json);

    /// <summary>By which message of its kind it goes out one after the other; null where its kind has no order.</summary>
    public static string? OrderingKeyOf(EventKind kind, JsonNode payload) =>
        kind.OrderedBy is { } member ? payload["data"]![member]?.GetValue<string>() : null;

    /// <summary>The schema that the payload, and all of its kind, fit: what is there is required.</summary>
    public static JsonObject SchemaOf(EventKind kind, JsonNode payload)
    {
        var schema = SchemaOf(payload);
        (schema["title"], schema["description"], schema["examples"]) = (kind.Name, kind.Description, new JsonArray(payload.DeepClone()));
        schema["properties"]!["type"] = new JsonObject { ["const"] = kind.Name };
        return schema;
    }

    private static JsonObject SchemaOf(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)SchemaOf(field.Value!)))),
            ["required"] = new JsonArray([.. fields.Select(field => (JsonNode)field.Key)]),
        },
        JsonArray items => new JsonObject { ["type"] = "array", ["items"] = SchemaOf(items[0]!) },
        _ => SchemaOf(node.GetValueKind(), node.ToString()),
    };

    private static JsonObject SchemaOf(JsonValueKind kind, string text) => kind switch
    {
        JsonValueKind.Number => new JsonObject { ["type"] = "number" },
        JsonValueKind.True or JsonValueKind.False => new JsonObject { ["type"] = "boolean" },
        _ when DateTimeOffset.TryParse(text, out _) && text.Contains('T', StringComparison.Ordinal) =>
            new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        _ => new JsonObject { ["type"] = "string" },
    };
}

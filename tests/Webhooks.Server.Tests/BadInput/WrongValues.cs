using System.Text.Json;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.BadInput;

/// <summary>Values that a field of a schema must not have, as JSON.</summary>
internal static class WrongValues
{
    private static readonly (string What, string? Value)[] WrongTexts =
    [
        ("NUL", "\"a\\u0000b\""), ("half a pair", "\"\\ud800\""), ("the other half", "\"x\\udc00\""),
        ("too long", $"\"{new string('x', 70_000)}\""),
    ];

    private static readonly (string What, string? Value)[] WrongNumbers =
    [
        ("fraction", "1.5"), ("huge", "99999999999999999999999999"), ("infinite", "1e999"), ("negative", "-1"), ("too large", "2147483647"),
        ("beyond int", "2147483648"), ("tiny", "1e-400"),
    ];

    private static readonly (string What, string Value)[] Kinds =
    [
        ("string", "\"x\""), ("integer", "1"), ("boolean", "true"), ("array", "[]"), ("object", "{}"), ("array", "[[[]]]"),
        ("object", "{\"a\":{}}"),
    ];

    public static IEnumerable<(string What, string? Value)> Of(OpenApiDescription document, JsonElement schema)
    {
        var type = schema.GetProperty("type").GetString()!;
        var otherKinds = Kinds.Where(kind => kind.What != type).Select(kind => ("of another type", (string?)kind.Value));
        return otherKinds.Concat(type switch
        {
            "string" when schema.TryGetProperty("enum", out _) => [("unknown word", "\"nonsense\""), ("empty", "\"\""), .. WrongTexts],
            "string" when Format(schema) == "date-time" =>
                [("no time", "\"soon\""), ("no such month", "\"2026-13-01T00:00:00Z\""), ("only a date", "\"2026-01-31\""), .. WrongTexts],
            "string" => WrongTexts,
            "integer" => WrongNumbers,
            "array" => OfList(document, document.Resolve(schema.GetProperty("items"))),
            "object" when schema.TryGetProperty("additionalProperties", out var entry) && entry.ValueKind is JsonValueKind.Object =>
                OfMap(document, entry),
            _ => [],
        });
    }

    // What is wrong with an object in a list may be told in that object's own answer, as that of a batch: only its length is looked at.
    private static IEnumerable<(string What, string? Value)> OfList(OpenApiDescription document, JsonElement items)
    {
        var type = items.GetProperty("type").GetString();
        var entry = type == "string" ? "\"x{0}\"" : "1";
        var entries = Enumerable.Range(1, 10_001).Select(n => entry.Replace("{0}", $"{n}", StringComparison.Ordinal));
        (string What, string? Value) tooLong = ("too many", $"[{string.Join(',', entries)}]");
        if (type == "object")
            return [tooLong];

        return Of(document, items).Select(wrong => ($"with an entry that is {wrong.What}", (string?)$"[{wrong.Value}]"))
            .Append(("with a null", "[null]")).Append(tooLong);
    }

    private static IEnumerable<(string What, string? Value)> OfMap(OpenApiDescription document, JsonElement entry) =>
        Of(document, document.Resolve(entry)).Select(wrong => ($"with a value that is {wrong.What}", (string?)$"{{\"k\":{wrong.Value}}}"));

    private static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;
}

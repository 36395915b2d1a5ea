using System.Text.Json;

namespace Webhooks.Server.Tests.BadInput;

/// <summary>Values that a field of a schema must not have, as JSON.</summary>
internal static class WrongValues
{
    private static readonly (string What, string? Value)[] WrongTexts =
    [
        ("NUL", "\"a\\u0000b\""), ("half a pair", "\"\\ud800\""), ("the other half", "\"x\\udc00\""), ("too long", $"\"{new string('x', 70_000)}\""),
    ];

    private static readonly (string What, string? Value)[] WrongNumbers =
    [
        ("fraction", "1.5"), ("huge", "99999999999999999999999999"), ("infinite", "1e999"), ("negative", "-1"), ("too large", "2147483647"),
        ("beyond int", "2147483648"), ("tiny", "1e-400"),
    ];

    private static readonly (string What, string Value)[] Kinds =
    [
        ("string", "\"x\""), ("integer", "1"), ("boolean", "true"), ("array", "[]"), ("object", "{}"), ("array", "[[[]]]"), ("object", "{\"a\":{}}"),
    ];

    public static IEnumerable<(string What, string? Value)> Of(JsonElement schema)
    {
        var type = schema.GetProperty("type").GetString()!;
        var otherKinds = Kinds.Where(kind => kind.What != type).Select(kind => ("of another type", (string?)kind.Value));
        return otherKinds.Concat(type switch
        {
            "string" when schema.TryGetProperty("enum", out _) => [("unknown word", "\"nonsense\""), ("empty", "\"\""), .. WrongTexts],
            "string" when Format(schema) == "date-time" =>
                [("no time", "\"yesterday\""), ("no such month", "\"2026-13-01T00:00:00Z\""), ("only a date", "\"2026-01-31\""), .. WrongTexts],
            "string" => WrongTexts,
            "integer" => WrongNumbers,
            "array" => OfList(schema.GetProperty("items")),
            "object" when schema.TryGetProperty("additionalProperties", out var entry) && entry.ValueKind is JsonValueKind.Object =>
                OfMap(entry),
            _ => [],
        });
    }

    // Null entries stand for nothing anywhere; a list may be empty where it says so.
    private static IEnumerable<(string What, string? Value)> OfList(JsonElement items) =>
        Of(items).Select(wrong => ($"with an entry that is {wrong.What}", (string?)$"[{wrong.Value}]"))
            .Append(("with a null", "[null]"))
            .Append(("too many", $"[{string.Join(',', Enumerable.Range(1, 10_001).Select(n => IsText(items) ? $"\"{n}\"" : "1"))}]"));

    private static IEnumerable<(string What, string? Value)> OfMap(JsonElement entry) =>
        Of(entry).Select(wrong => ($"with a value that is {wrong.What}", (string?)$"{{\"k\":{wrong.Value}}}"));

    private static bool IsText(JsonElement schema) => schema.GetProperty("type").GetString() == "string";

    private static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;
}

using System.Globalization;
using System.Text.Json;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.Fuzz;

/// <summary>Makes JSON by a schema: mostly what it asks for, at times something else.</summary>
internal sealed class JsonGenerator(OpenApiDescription document, ResourcePool pool, Random random)
{
    private static readonly string[] Odd =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "-0", "1E400", "99999999999999999999", "2147483648", "\"\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"a\\udc00b\"",
        "[]", "{}", "[[[[]]]]", "{\"\":{}}", "[null]", "\" \"", "\"\\uD83D\\uDE00\"", "\"app_1\"", "\"ep_x\"", "\"msg_\"", "\"\\u202e\"",
        "\"a/b\"", "\"%00\"",
        "\"1970-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999999999Z\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"http://[::1]/\"", "\"https://127.0.0.1:1/\"", "\"https://user:secret@example.com/\"", "\"https://exa mple.com\"",
        "\"https://xn--/\"", "\"//\"",
        "{\"a\":\"b\",\"A\":\"c\"}", "{\"x-y\":\"\\r\\nhost: x\"}", "{\"webhook-id\":\"1\"}", "{\"k\":null}", "{\"\\u0000\":\"x\"}",
        "[\"a\",\"a\"]", "[1e999]",
    ];

    // What a compiler of schemas may stumble over: circles, references to elsewhere, expressions that never end.
    private static readonly string[] Schemas =
    [
        "{\"1\":{\"type\":\"object\",\"examples\":[{\"a\":1}]}}", "{\"1\":{\"$ref\":\"#\"}}", "{\"1\":{\"allOf\":[{\"$ref\":\"#\"}]}}",
        """{"1":{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}},"$ref":"#/definitions/a"}}""",
        "{\"1\":{\"$ref\":\"file:///etc/passwd\"}}", "{\"1\":{\"$ref\":\"http://127.0.0.1:1/\"}}", "{\"1\":{\"pattern\":\"(a+)+$\"}}",
        "{\"1\":{\"pattern\":\"(\"}}",
        "{\"1\":{\"type\":\"banana\"}}", "{\"1\":true}", "{\"\":{}}", "{\"1\":{\"examples\":{}}}", "{\"1\":{\"examples\":[1]}}",
        "{\"1\":{\"enum\":[]}}",
        "{\"1\":{\"$ref\":\"#/nowhere\"}}", "{\"1\":{\"$ref\":1}}", "{\"1\":{\"multipleOf\":0}}", "{\"1\":{\"minimum\":1e999}}",
        "{\"1\":{\"title\":\"\\ud800\"}}",
        "{\"1\":{\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}}}", "{\"1\":{\"anyOf\":[{\"$ref\":\"#/anyOf/0\"}]}}",
        "{\"1\":{\"$id\":\"x\",\"$ref\":\"x\"}}",
        "{\"1\":{\"$schema\":\"nonsense\"}}", "{\"1\":{\"format\":\"date-time\",\"default\":\"\\u0000\"}}", "{\"1\":{\"type\":[]}}",
        "{\"1\":{\"items\":[{\"$ref\":\"#\"}]}}",
    ];

    public string Value(string name, JsonElement schema, int depth = 0)
    {
        if (random.Next(14) == 0)
            return Odd[random.Next(Odd.Length)];
        if (name == "schemas")
            return Schemas[random.Next(Schemas.Length)];

        schema = document.Resolve(schema);
        return schema.TryGetProperty("type", out var type) ? type.GetString() switch
        {
            "string" => Text(schema),
            "integer" or "number" => random.Next(3) == 0 ? Example(schema) ?? "1" : Number(),
            "boolean" => random.Next(4) == 0 ? "true" : "false",
            "array" => List(schema.GetProperty("items"), depth),
            _ => schema.TryGetProperty("properties", out var properties) && depth < 4 ? Object(schema, properties, depth) : Map(schema),
        } : "{}";
    }

    private string Text(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var words))
            return words[random.Next(words.GetArrayLength())].GetRawText();

        return random.Next(10) switch
        {
            < 5 when Example(schema) is { } example and not "null" => example,
            < 8 => JsonSerializer.Serialize(pool.Name()),
            8 => JsonSerializer.Serialize(pool.AnyId()),
            _ => JsonSerializer.Serialize(new string((char)random.Next(0x20, 0x300), random.Next(300))),
        };
    }

    private string Number() => random.Next(1, 1_000).ToString(CultureInfo.InvariantCulture);

    private string List(JsonElement items, int depth) =>
        $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value("", items, depth + 1)))}]";

    private string Object(JsonElement schema, JsonElement properties, int depth)
    {
        var required = ApiOperation.Names(schema, "required").ToHashSet();
        var fields = properties.EnumerateObject()
            .Where(field => required.Contains(field.Name) ? random.Next(40) > 0 : random.Next(4) == 0)
            .Select(field => $"\"{field.Name}\":{Value(field.Name, field.Value, depth + 1)}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private string Map(JsonElement schema) => random.Next(3) switch
    {
        0 => "{}",
        1 => Example(schema) ?? "{\"k\":\"v\"}",
        _ => $"{{\"{pool.Name()}\":\"{random.Next()}\"}}",
    };

    private static string? Example(JsonElement schema) => schema.TryGetProperty("example", out var example) ? example.GetRawText() : null;
}

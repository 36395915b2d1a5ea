using System.Text.Json;

namespace Webhooks.Server.Tests.OpenApi;

/// <summary>An OpenAPI document as tests look at it.</summary>
internal sealed class OpenApiDescription(JsonElement root)
{
    private const string SchemaPath = "#/components/schemas/";

    public IReadOnlyDictionary<string, ApiOperation> Operations { get; } = root.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(method => new ApiOperation(method.Name, path.Name, method.Value)))
        .ToDictionary(operation => operation.Name);

    /// <summary>The schema itself, where it is only named.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (Reference(schema) is { } name)
            schema = root.GetProperty("components").GetProperty("schemas").GetProperty(name[SchemaPath.Length..]);
        return schema;
    }

    /// <summary>The smallest body that the operation takes, made of the examples of its required fields; null for none.</summary>
    public string? SmallestBody(ApiOperation operation)
    {
        if (operation.Body is not { } body)
            return null;

        var schema = Resolve(body);
        var fields = ApiOperation.Names(schema, "required")
            .Select(name => $"\"{name}\":{schema.GetProperty("properties").GetProperty(name).GetProperty("example").GetRawText()}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private static string? Reference(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? reference.GetString()
        : schema.TryGetProperty("allOf", out var all) && all.GetArrayLength() == 1 ? Reference(all[0])
        : null;
}

/// <summary>One method of one path.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonElement Json)
{
    public string Name => $"{Method} {Path}";

    public bool NeedsKey => Json.TryGetProperty("security", out _);

    /// <summary>Without one that may be left out, nothing is a body, too.</summary>
    public bool MayLeaveBodyOut => Json.TryGetProperty("requestBody", out var body)
        && !(body.TryGetProperty("required", out var required) && required.GetBoolean());

    public JsonElement? Body =>
        Json.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").GetProperty("application/json").GetProperty("schema") : null;

    public IEnumerable<string> QueryParameters => Json.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)
        : [];

    public IEnumerable<string> SuccessCodes =>
        Json.GetProperty("responses").EnumerateObject().Select(r => r.Name).Where(code => code.StartsWith('2'));

    /// <summary>What a success is answered with; null for nothing.</summary>
    public JsonElement? Answer(string code) =>
        Json.GetProperty("responses").GetProperty(code).TryGetProperty("content", out var content)
            ? content.GetProperty("application/json").GetProperty("schema")
            : null;

    public static IEnumerable<string> Names(JsonElement schema, string list) =>
        schema.TryGetProperty(list, out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
}

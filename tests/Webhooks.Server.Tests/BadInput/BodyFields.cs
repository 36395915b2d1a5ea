using System.Text.Json;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.BadInput;

/// <summary>Every field of every body that the API's description has, and what must not be sent in it.</summary>
internal static class BodyFields
{
    /// <summary>Fields that are read by rules of their own, in which some of the wrong values are right.</summary>
    private static readonly Dictionary<string, string[]> Tolerated = new()
    {
        ["transformationsParams.rawPayload"] = ["too long"], // It is the body that is sent; only the request's own limit counts.
    };

    public static IEnumerable<BodyField> Of(OpenApiDescription document, ApiOperation operation) =>
        operation.Body is { } body ? Of(document, document.Resolve(body), "", value => value) : [];

    private static IEnumerable<BodyField> Of(OpenApiDescription document, JsonElement schema, string path, Func<string, string> wrap)
    {
        var required = ApiOperation.Names(schema, "required").ToList();
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            var (name, field) = (property.Name, document.Resolve(property.Value));
            string Place(string? value) => wrap(ObjectOf(schema, required, name, value));
            var tolerated = Tolerated.GetValueOrDefault(path + name, []);
            var faults = WrongValues.Of(document, field).Where(wrong => !tolerated.Contains(wrong.What)).ToList();
            if (required.Contains(name))
                faults.Add(("missing", null));
            if (required.Contains(name) && !field.TryGetProperty("nullable", out _))
                faults.Add(("null", "null"));
            foreach (var (what, value) in faults)
                yield return new BodyField(path + name, what, Place(value));

            if (field.TryGetProperty("properties", out _))
                foreach (var inner in Of(document, field, $"{path}{name}.", Place))
                    yield return inner;
        }
    }

    /// <summary>The smallest such object, but for one field.</summary>
    private static string ObjectOf(JsonElement schema, List<string> required, string name, string? value)
    {
        var fields = required.Where(other => other != name)
            .Select(other => $"\"{other}\":{schema.GetProperty("properties").GetProperty(other).GetProperty("example").GetRawText()}");
        return $"{{{string.Join(',', value is null ? fields : fields.Append($"\"{name}\":{value}"))}}}";
    }
}

/// <param name="Path">The field's place below the body, with full stops.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Body">The whole body, right in everything else.</param>
internal sealed record BodyField(string Path, string What, string Body);

using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Http.Paging;
using Webhooks.Protocol;

namespace Webhooks.Server.OpenApi;

/// <summary>The names that the contract gives to shapes, and the types that are one JSON value.</summary>
internal static class SchemaNames
{
    public static string Of(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>)
            ? $"ListResponse_{type.GetGenericArguments()[0].Name}_"
            : type.Name;

    public static void MapScalars(SwaggerGenOptions options)
    {
        options.MapType<RawJson>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true });
        options.MapType<SigningSecret>(() => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null });
        foreach (var id in typeof(WebhooksApi).Assembly.GetTypes().Where(IdJsonConverter.IsId))
        {
            var example = Example(id);
            options.MapType(id, () => new OpenApiSchema { Type = JsonSchemaType.String, Examples = [example] });
        }
    }

    // RFC 9562's own example of a version 7 id.
    private static string Example(Type id)
    {
        var value = UInt128.Parse("017F22E279B07CC398C4DC0C0C07398F", System.Globalization.NumberStyles.HexNumber, null);
        return Activator.CreateInstance(id, value)!.ToString()!;
    }
}

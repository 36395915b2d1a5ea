using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Server.OpenApi;

/// <summary>Says of each field what the code says: whether it may be null, and that answers always have all of theirs.</summary>
internal sealed class FieldFilter : ISchemaFilter
{
    private readonly NullabilityInfoContext _nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties.Count: > 0 } shape
            || context.Type.Namespace?.StartsWith("Webhooks.", StringComparison.Ordinal) != true)
            return;

        var isAnswer = !context.Type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IBody<>));
        foreach (var property in context.Type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (!shape.Properties!.TryGetValue(name, out var field))
                continue;
            if (field is OpenApiSchema value)
                Complete(value, property);
            if (isAnswer)
                (shape.Required ??= new HashSet<string>()).Add(name);
        }
    }

    private void Complete(OpenApiSchema field, PropertyInfo property)
    {
        field.Type = MayBeNull(property) ? field.Type | JsonSchemaType.Null : field.Type & ~JsonSchemaType.Null;
        if (field.Description is { } description)
            field.Description = string.Join(' ', description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)); // The source's line breaks.
    }

    private bool MayBeNull(PropertyInfo property)
    {
        var info = _nullability.Create(property);
        if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>))
            info = info.GenericTypeArguments[0];
        return info.ReadState is NullabilityState.Nullable;
    }
}

using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Server.OpenApi;

/// <summary>Shows the parameters that handlers read through <see cref="Query{T}"/>.</summary>
internal sealed class QueryFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var query in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<QueryMetadata>())
            Add(operation, query.Type, context);
    }

    private static void Add(OpenApiOperation operation, Type type, OperationFilterContext context)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<QueryParameterAttribute>() is { } parameter)
                (operation.Parameters ??= []).Add(Describe(parameter, property, context));
            else if (property.PropertyType.GetProperties().Any(inner => inner.IsDefined(typeof(QueryParameterAttribute))))
                Add(operation, property.PropertyType, context);
        }
    }

    private static OpenApiParameter Describe(
        QueryParameterAttribute parameter, PropertyInfo property, OperationFilterContext context) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description + (parameter.Default is null ? "" : $" Default: {parameter.Default}."),
        Schema = context.SchemaGenerator.GenerateSchema(Scalar(property.PropertyType, parameter.Example), context.SchemaRepository),
        Example = parameter.Example is null ? null : JsonValue.Create(parameter.Example),
    };

    // Enums are numbers in queries, unless the example is a word.
    private static Type Scalar(Type type, string? example)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return !inner.IsEnum ? inner : example is null || char.IsAsciiDigit(example[0]) ? typeof(int) : typeof(string);
    }
}

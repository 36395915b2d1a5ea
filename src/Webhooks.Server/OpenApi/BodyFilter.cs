using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Idempotency;

namespace Webhooks.Server.OpenApi;

/// <summary>Shows the bodies that handlers read through <see cref="Body{T}"/>, and the key that makes a POST repeatable.</summary>
internal sealed class BodyFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (context.ApiDescription.HttpMethod == HttpMethods.Post && !metadata.OfType<ActsEachTime>().Any())
            (operation.Parameters ??= []).Add(IdempotencyKey());
        if (metadata.OfType<BodyMetadata>().FirstOrDefault() is not { } body)
            return;

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = body.IsRequired,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(body.Type, context.SchemaRepository),
                },
            },
        };
    }

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = "idempotency-key",
        In = ParameterLocation.Header,
        Description = "A new text for each request, the same one to repeat it: for a day, the repeated request gets the first one's "
            + "answer and does nothing.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 256 },
        Example = "order-4711-paid",
    };
}

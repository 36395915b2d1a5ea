using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Server.OpenApi;

/// <summary>Shows each operation's errors with their bodies, which are what the service really answers.</summary>
internal sealed class ErrorsFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var problem in ProblemsOf(context))
            Add(operation, context, problem);
    }

    private static List<Problem> ProblemsOf(OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
            return [ApiProblems.Unavailable("The database does not answer. The service goes on by itself once it does.")];

        List<Problem> problems =
        [
            ApiProblems.NotAuthenticated(), ApiProblems.Forbidden(), ApiProblems.NotFound(),
            metadata.OfType<BodyMetadata>().Any()
                ? ApiProblems.Invalid(["body", "uid"], "Must consist of letters a-z and A-Z, digits, and the characters - _ . only.")
                : ApiProblems.Invalid(["query", "limit"], "Given limit must not exceed 250"),
            ApiProblems.ServerError(),
        ];
        if (context.ApiDescription.HttpMethod is "POST" or "PUT" or "PATCH")
            problems.Add(ApiProblems.Conflict("Another one has this uid. Choose another."));
        if (metadata.OfType<BodyMetadata>().Any())
            problems.AddRange([ApiProblems.PayloadTooLarge(2 * 1024 * 1024), ApiProblems.UnsupportedMediaType()]);
        problems.Add(ApiProblems.RateLimited(100, TimeSpan.FromSeconds(1)));
        return problems;
    }

    private static void Add(OpenApiOperation operation, OperationFilterContext context, Problem problem)
    {
        var content = new OpenApiMediaType
        {
            Schema = context.SchemaGenerator.GenerateSchema(problem.Value.GetType(), context.SchemaRepository),
            Example = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(problem.Value, problem.Value.GetType(), Json)),
        };
        (operation.Responses ??= [])[problem.StatusCode.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
        {
            Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.StatusCode),
            Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = content },
        };
    }

    private static readonly System.Text.Json.JsonSerializerOptions Json = new(System.Text.Json.JsonSerializerDefaults.Web);
}

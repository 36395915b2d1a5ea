using Microsoft.AspNetCore.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.EventTypes;

/// <summary>
/// Compiles the schemas before the write transaction begins: a large one takes seconds, and on an engine with one writer nobody else
/// could publish meanwhile.
/// </summary>
internal sealed class SchemasFilter<T> : IEndpointFilter where T : class, IBody<T>, IWithSchemas
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var input = context.Arguments.OfType<Body<T>>().Single().Value;
        return input.Schemas is { } schemas
            && await EventTypeSchemas.FindFaultsAsync(schemas.Utf8, context.HttpContext.RequestAborted) is { Count: > 0 } faults
            ? ApiProblems.Invalid(faults)
            : await next(context);
    }
}

/// <summary>A body that may bring schemas.</summary>
internal interface IWithSchemas
{
    /// <summary>Those that were sent; null for none.</summary>
    RawJson? Schemas { get; }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Endpoints;

/// <summary>The headers that an endpoint gets with every delivery beside the service's own.</summary>
internal static class EndpointHeadersApi
{
    public static void MapEndpointHeaders(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("{endpoint_id}/headers", GetAsync)
            .WithName("v1.endpoint.get-headers").WithSummary("Get an endpoint's own headers; credentials by name only");
        endpoints.MapPut("{endpoint_id}/headers", ReplaceAsync).Writes()
            .WithName("v1.endpoint.update-headers").WithSummary("Replace an endpoint's own headers");
        endpoints.MapPatch("{endpoint_id}/headers", PatchAsync).Writes()
            .WithName("v1.endpoint.patch-headers").WithSummary("Add, replace and remove some of an endpoint's own headers");
    }

    private static async Task<Results<Ok<EndpointHeadersOut>, Problem>> GetAsync(
        [AppId] string app, [EndpointId] string endpoint, Caller caller, WebhooksDbContext db, EndpointHeaders headers,
        CancellationToken cancellationToken) =>
        await db.FindApplicationAsync(caller, app, cancellationToken) is { } application
        && await db.Endpoints.Live(application).AsNoTracking().ByIdOrUid(endpoint).FirstOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(headers.Show(found.ProtectedHeaders))
            : ApiProblems.NotFound();

    private static async Task<Results<NoContent, Problem>> ReplaceAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointHeadersIn> body, Caller caller, WebhooksDbContext db,
        EndpointHeaders headers, EndpointEvents events, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Endpoints.Live(application).ByIdOrUid(endpoint).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        headers.Replace(found, body.Value.Headers);
        await events.AddAsync(OperationalEventType.EndpointUpdated, found, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> PatchAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointHeadersPatchIn> body, Caller caller, WebhooksDbContext db,
        EndpointHeaders headers, EndpointEvents events, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Endpoints.Live(application).ByIdOrUid(endpoint).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        if (headers.Merge(found, body.Value) is { } fault)
            return fault;

        await events.AddAsync(OperationalEventType.EndpointUpdated, found, cancellationToken);
        return TypedResults.NoContent();
    }
}

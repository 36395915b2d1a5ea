using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Endpoints;

/// <summary>An application's endpoints.</summary>
internal static class EndpointsApi
{
    public static void MapEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/app/{app_id}/endpoint").RequireAuthorization(Access.Application).WithTags("Endpoints");
        endpoints.MapGet("", ListAsync).WithName("v1.endpoint.list").WithSummary("List an application's endpoints, newest first");
        endpoints.MapPost("", CreateAsync).Writes()
            .WithName("v1.endpoint.create").WithSummary("Create an endpoint with its signing secret");
        endpoints.MapGet("{endpoint_id}", GetAsync).WithName("v1.endpoint.get").WithSummary("Get an endpoint");
        endpoints.MapPut("{endpoint_id}", ReplaceAsync).Writes()
            .WithName("v1.endpoint.update").WithSummary("Replace an endpoint's settings, or create it under this uid");
        endpoints.MapPatch("{endpoint_id}", PatchAsync).Writes()
            .WithName("v1.endpoint.patch").WithSummary("Change some of an endpoint's settings");
        endpoints.MapDelete("{endpoint_id}", DeleteAsync).Writes()
            .WithName("v1.endpoint.delete").WithSummary("Delete an endpoint and what is on its way to it");
        endpoints.MapEndpointHeaders();
        endpoints.MapEndpointSecrets();
        endpoints.MapEndpointPause();
        endpoints.MapEndpointStats();
        endpoints.MapSendExample();
        endpoints.MapFilterTest();
    }

    private static async Task<Results<Ok<Page<EndpointOut>>, Problem>> ListAsync(
        [AppId] string app, Query<EndpointListQuery> query, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        return TypedResults.Ok(await db.Endpoints.Live(application)
            .ToPageAsync(query.Value.Page, e => e.Id, EndpointOut.Projection, e => e.Id, cancellationToken));
    }

    private static async Task<Results<Created<EndpointOut>, Problem>> CreateAsync(
        [AppId] string app, Body<EndpointIn> body, Caller caller, WebhooksDbContext db, EndpointRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();
        if (await registry.FindFaultAsync(caller, application, null, body.Value, cancellationToken) is { } fault)
            return fault;

        return TypedResults.Created((string?)null, EndpointOut.Of(await registry.AddAsync(application, body.Value, cancellationToken)));
    }

    private static async Task<Results<Ok<EndpointOut>, Problem>> GetAsync(
        [AppId] string app, [EndpointId] string endpoint, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var found = await db.Endpoints.Live(application).ByIdOrUid(endpoint)
            .Select(EndpointOut.Projection).FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblems.NotFound() : TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<EndpointOut>, Created<EndpointOut>, Problem>> ReplaceAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointUpdate> body, Caller caller, WebhooksDbContext db,
        EndpointRegistry registry, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        return await registry.PutAsync(caller, application, endpoint, body.Value, cancellationToken) switch
        {
            { Refusal: { } refusal } => refusal,
            { IsNew: true } made => TypedResults.Created((string?)null, EndpointOut.Of(made.Endpoint!)),
            var changed => TypedResults.Ok(EndpointOut.Of(changed.Endpoint!)),
        };
    }

    private static async Task<Results<Ok<EndpointOut>, Problem>> PatchAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointPatch> body, Caller caller, WebhooksDbContext db,
        EndpointRegistry registry, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Endpoints.Live(application).ByIdOrUid(endpoint).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        var settings = body.Value.ApplyTo(found);
        if (await registry.FindFaultAsync(caller, application, found, settings, cancellationToken) is { } fault)
            return fault;

        await registry.UpdateAsync(found, settings, cancellationToken);
        return TypedResults.Ok(EndpointOut.Of(found));
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [AppId] string app, [EndpointId] string endpoint, Caller caller, WebhooksDbContext db, EndpointRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        await registry.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}

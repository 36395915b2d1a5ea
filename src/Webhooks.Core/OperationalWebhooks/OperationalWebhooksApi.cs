using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>
/// Operational webhooks: endpoints that the service itself tells of what becomes of all others. They are ordinary endpoints of the
/// operational application, so they are signed, retried and recorded like any.
/// </summary>
internal static class OperationalWebhooksApi
{
    public static void MapOperationalWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/operational-webhook/endpoint").RequireAuthorization(Access.Full).WithTags("Operational webhooks");
        webhooks.MapGet("", ListAsync)
            .WithName("v1.operational-webhook.endpoint.list").WithSummary("List operational webhooks, newest first");
        webhooks.MapPost("", CreateAsync).Writes()
            .WithName("v1.operational-webhook.endpoint.create").WithSummary("Create an operational webhook with its signing secret");
        webhooks.MapGet("{endpoint_id}", GetAsync)
            .WithName("v1.operational-webhook.endpoint.get").WithSummary("Get an operational webhook");
        webhooks.MapPut("{endpoint_id}", ReplaceAsync).Writes()
            .WithName("v1.operational-webhook.endpoint.update")
            .WithSummary("Replace an operational webhook's settings, or create it under this uid");
        webhooks.MapDelete("{endpoint_id}", DeleteAsync).Writes()
            .WithName("v1.operational-webhook.endpoint.delete").WithSummary("Delete an operational webhook and what is on its way to it");
        webhooks.MapOperationalWebhookHeaders();
        webhooks.MapOperationalWebhookSecrets();
    }

    private static async Task<Ok<Page<OperationalWebhookEndpointOut>>> ListAsync(
        Query<EndpointListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.Endpoints.Live(OperationalApplication.Id)
            .ToPageAsync(query.Value.Page, e => e.Id, OperationalWebhookEndpointOut.Projection, e => e.Id, cancellationToken));

    private static async Task<Results<Created<OperationalWebhookEndpointOut>, Problem>> CreateAsync(
        Body<OperationalWebhookEndpointIn> body, Caller caller, EndpointRegistry registry, CancellationToken cancellationToken)
    {
        var input = body.Value.ToEndpoint();
        if (await registry.FindFaultAsync(caller, OperationalApplication.Id, null, input, cancellationToken) is { } fault)
            return fault;

        var made = await registry.AddAsync(OperationalApplication.Id, input, cancellationToken);
        return TypedResults.Created((string?)null, OperationalWebhookEndpointOut.Of(made));
    }

    private static async Task<Results<Ok<OperationalWebhookEndpointOut>, Problem>> GetAsync(
        [EndpointId] string endpoint, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var found = await db.Endpoints.Live(OperationalApplication.Id).ByIdOrUid(endpoint)
            .Select(OperationalWebhookEndpointOut.Projection).FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblems.NotFound() : TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<OperationalWebhookEndpointOut>, Created<OperationalWebhookEndpointOut>, Problem>> ReplaceAsync(
        [EndpointId] string endpoint, Body<OperationalWebhookEndpointUpsertIn> body, Caller caller, EndpointRegistry registry,
        CancellationToken cancellationToken) =>
        await registry.PutAsync(caller, OperationalApplication.Id, endpoint, body.Value.ToSettings(), cancellationToken) switch
        {
            { Refusal: { } refusal } => refusal,
            { IsNew: true } made => TypedResults.Created((string?)null, OperationalWebhookEndpointOut.Of(made.Endpoint!)),
            var changed => TypedResults.Ok(OperationalWebhookEndpointOut.Of(changed.Endpoint!)),
        };

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [EndpointId] string endpoint, WebhooksDbContext db, EndpointRegistry registry, CancellationToken cancellationToken)
    {
        if (await db.FindEndpointAsync(OperationalApplication.Id, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        await registry.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Audit;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Endpoints;

/// <summary>The signing secret of an endpoint.</summary>
internal static class EndpointSecretsApi
{
    public static void MapEndpointSecrets(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("{endpoint_id}/secret", GetAsync).Audited()
            .WithName("v1.endpoint.get-secret").WithSummary("Get what a subscriber verifies deliveries with");
        endpoints.MapPost("{endpoint_id}/secret/rotate", RotateAsync).Writes()
            .WithName("v1.endpoint.rotate-secret").WithSummary("Replace an endpoint's signing secret; the old one signs too for a while");
    }

    private static async Task<Results<Ok<EndpointSecretOut>, Problem>> GetAsync(
        [AppId] string app, [EndpointId] string endpoint, Caller caller, WebhooksDbContext db, EndpointSecrets secrets,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        return TypedResults.Ok(new EndpointSecretOut(SigningSecrets.RevealToSubscriber(await secrets.CurrentAsync(id, cancellationToken))));
    }

    private static async Task<Results<NoContent, Problem>> RotateAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointSecretRotateIn> body, Caller caller, WebhooksDbContext db,
        EndpointSecrets secrets, EndpointEvents events, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();
        if (await secrets.RotateAsync(id, body.Value, cancellationToken) is { } fault)
            return fault;

        await events.AddAsync(OperationalEventType.EndpointUpdated, db.Endpoints.Where(e => e.Id == id), cancellationToken);
        return TypedResults.NoContent();
    }
}

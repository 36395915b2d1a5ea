using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>The signing secret of an operational webhook.</summary>
internal static class OperationalWebhookSecretsApi
{
    public static void MapOperationalWebhookSecrets(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapGet("{endpoint_id}/secret", GetAsync).Audited()
            .WithName("v1.operational-webhook.endpoint.get-secret").WithSummary("Get what an operational webhook verifies messages with");
        webhooks.MapPost("{endpoint_id}/secret/rotate", RotateAsync).Writes()
            .WithName("v1.operational-webhook.endpoint.rotate-secret")
            .WithSummary("Replace an operational webhook's signing secret; the old one signs too for a while");
    }

    private static async Task<Results<Ok<EndpointSecretOut>, Problem>> GetAsync(
        [EndpointId] string endpoint, WebhooksDbContext db, EndpointSecrets secrets, CancellationToken cancellationToken) =>
        await db.FindEndpointAsync(OperationalApplication.Id, endpoint, cancellationToken) is { } id
            ? TypedResults.Ok(new EndpointSecretOut(SigningSecrets.RevealToSubscriber(await secrets.CurrentAsync(id, cancellationToken))))
            : ApiProblems.NotFound();

    private static async Task<Results<NoContent, Problem>> RotateAsync(
        [EndpointId] string endpoint, Body<EndpointSecretRotateIn> body, WebhooksDbContext db, EndpointSecrets secrets,
        CancellationToken cancellationToken)
    {
        if (await db.FindEndpointAsync(OperationalApplication.Id, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        return await secrets.RotateAsync(id, body.Value, cancellationToken) is { } fault ? fault : TypedResults.NoContent();
    }
}

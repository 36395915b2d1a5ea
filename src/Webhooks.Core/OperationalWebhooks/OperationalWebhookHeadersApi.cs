using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>The headers that an operational webhook gets with every message beside the service's own.</summary>
internal static class OperationalWebhookHeadersApi
{
    public static void MapOperationalWebhookHeaders(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapGet("{endpoint_id}/headers", GetAsync)
            .WithName("v1.operational-webhook.endpoint.get-headers")
            .WithSummary("Get an operational webhook's own headers; credentials by name only");
        webhooks.MapPut("{endpoint_id}/headers", ReplaceAsync).Writes()
            .WithName("v1.operational-webhook.endpoint.update-headers").WithSummary("Replace an operational webhook's own headers");
    }

    private static async Task<Results<Ok<EndpointHeadersOut>, Problem>> GetAsync(
        [EndpointId] string endpoint, WebhooksDbContext db, EndpointHeaders headers, CancellationToken cancellationToken) =>
        await db.Endpoints.Live(OperationalApplication.Id).AsNoTracking().ByIdOrUid(endpoint)
            .FirstOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(headers.Show(found.ProtectedHeaders))
            : ApiProblems.NotFound();

    private static async Task<Results<NoContent, Problem>> ReplaceAsync(
        [EndpointId] string endpoint, Body<EndpointHeadersIn> body, WebhooksDbContext db, EndpointHeaders headers,
        CancellationToken cancellationToken)
    {
        if (await db.Endpoints.Live(OperationalApplication.Id).ByIdOrUid(endpoint).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        headers.Replace(found, body.Value.Headers);
        return TypedResults.NoContent();
    }
}

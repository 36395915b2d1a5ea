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

namespace Webhooks.Core.Endpoints;

/// <summary>Stops an endpoint's deliveries for a while. Nothing is lost: what matches is held.</summary>
internal static class EndpointPauseApi
{
    public static void MapEndpointPause(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("{endpoint_id}/pause", PauseAsync).Writes()
            .WithName("v1.endpoint.pause").WithSummary("Hold an endpoint's deliveries until it is resumed");
        endpoints.MapPost("{endpoint_id}/resume", ResumeAsync).Writes()
            .WithName("v1.endpoint.resume").WithSummary("End an endpoint's pause and release what waited, at a pace");
    }

    private static async Task<Results<Ok<EndpointOut>, Problem>> PauseAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointPauseIn> body, Caller caller, WebhooksDbContext db,
        EndpointPause pause, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, caller, app, endpoint, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        await pause.BeginAsync(found, body.Value.Note, cancellationToken);
        return TypedResults.Ok(EndpointOut.Of(found));
    }

    private static async Task<Results<Ok<EndpointOut>, Problem>> ResumeAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EndpointResumeIn> body, Caller caller, WebhooksDbContext db,
        EndpointPause pause, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, caller, app, endpoint, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        await pause.EndAsync(found, body.Value.MaxPerSecond, cancellationToken);
        return TypedResults.Ok(EndpointOut.Of(found));
    }

    private static async Task<Endpoint?> FindAsync(
        WebhooksDbContext db, Caller caller, string app, string endpoint, CancellationToken cancellationToken) =>
        await db.FindApplicationAsync(caller, app, cancellationToken) is { } application
            ? await db.Endpoints.Live(application).ByIdOrUid(endpoint).FirstOrDefaultAsync(cancellationToken)
            : null;
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Incidents;

/// <summary>Incidents as operators read them.</summary>
internal static class IncidentsApi
{
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incident").RequireAuthorization(Access.Full).WithTags("Incidents");
        incidents.MapGet("", ListAsync).WithName("v1.incident.list").WithSummary("List incidents, newest first");
        incidents.MapGet("{incident_id}", GetAsync)
            .WithName("v1.incident.get").WithSummary("Get an incident with what waits and what failed last");
        incidents.MapGet("{incident_id}/timeline", TimelineAsync)
            .WithName("v1.incident.timeline").WithSummary("List what happened to an incident, oldest first");
        incidents.MapIncidentActions();
    }

    private static async Task<Ok<Page<IncidentOut>>> ListAsync(
        Query<IncidentListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await query.Value.Filter(db)
            .ToPageAsync(query.Value.Page, i => i.Id, IncidentOut.Projection, i => i.Id, cancellationToken));

    private static async Task<Results<Ok<IncidentDetailsOut>, Problem>> GetAsync(
        [IncidentId] string incident, WebhooksDbContext db, CancellationToken cancellationToken) =>
        IdText.TryParse<IncidentId>(incident, out var id)
        && await db.Incidents.Where(i => i.Id == id).Select(IncidentOut.Projection).FirstOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(await IncidentDetailsOut.ReadAsync(db, found, cancellationToken))
            : ApiProblems.NotFound();

    private static async Task<Results<Ok<Page<IncidentEventOut>>, Problem>> TimelineAsync(
        [IncidentId] string incident, Query<IncidentTimelineQuery> query, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<IncidentId>(incident, out var id) || !await db.Incidents.AnyAsync(i => i.Id == id, cancellationToken))
            return ApiProblems.NotFound();

        return TypedResults.Ok(await db.IncidentEvents.Where(e => e.IncidentId == id)
            .ToPageAsync(query.Value.Page, e => e.Id, IncidentEventOut.Projection, e => e.Id, cancellationToken));
    }
}

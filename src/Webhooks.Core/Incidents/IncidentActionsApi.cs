using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Incidents;

/// <summary>What operators do about incidents.</summary>
internal static class IncidentActionsApi
{
    public static void MapIncidentActions(this IEndpointRouteBuilder incidents)
    {
        incidents.MapPost("{incident_id}/acknowledge", AcknowledgeAsync).Writes()
            .WithName("v1.incident.acknowledge").WithSummary("See to an incident: nobody else is told any more");
        incidents.MapPost("{incident_id}/assign", AssignAsync).Writes()
            .WithName("v1.incident.assign").WithSummary("Say who sees to an incident");
        incidents.MapPost("{incident_id}/snooze", SnoozeAsync).Writes()
            .WithName("v1.incident.snooze").WithSummary("Tell nobody about an incident for a while; it wakes up by itself");
        incidents.MapPost("{incident_id}/comment", CommentAsync).Writes()
            .WithName("v1.incident.comment").WithSummary("Add a comment to an incident's timeline");
        incidents.MapPost("{incident_id}/resolve", ResolveAsync).Writes()
            .WithName("v1.incident.resolve").WithSummary("End an incident; its undecided dead letters stay in their list");
    }

    private static Task<Results<Ok<IncidentOut>, Problem>> AcknowledgeAsync(
        [IncidentId] string incident, Body<IncidentActionIn> body, Caller caller, WebhooksDbContext db, IncidentDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            db, incident, body.Value, found => desk.AcknowledgeAsync(found, body.Value.WhoOf(caller), cancellationToken),
            cancellationToken);

    private static Task<Results<Ok<IncidentOut>, Problem>> AssignAsync(
        [IncidentId] string incident, Body<IncidentAssignIn> body, Caller caller, WebhooksDbContext db, IncidentDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            db, incident, body.Value, found => Task.FromResult(desk.Assign(found, body.Value.Assignee, body.Value.WhoOf(caller))),
            cancellationToken);

    private static Task<Results<Ok<IncidentOut>, Problem>> SnoozeAsync(
        [IncidentId] string incident, Body<IncidentSnoozeIn> body, Caller caller, WebhooksDbContext db, IncidentDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            db, incident, body.Value, found => Task.FromResult(desk.Snooze(found, body.Value.Until, body.Value.WhoOf(caller))),
            cancellationToken);

    private static Task<Results<Ok<IncidentOut>, Problem>> CommentAsync(
        [IncidentId] string incident, Body<IncidentCommentIn> body, Caller caller, WebhooksDbContext db, IncidentDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            db, incident, body.Value,
            found =>
            {
                desk.Comment(found, body.Value.Text, body.Value.WhoOf(caller));
                return Task.FromResult<Problem?>(null);
            },
            cancellationToken);

    private static Task<Results<Ok<IncidentOut>, Problem>> ResolveAsync(
        [IncidentId] string incident, Body<IncidentResolveIn> body, Caller caller, WebhooksDbContext db, IncidentDesk desk,
        CancellationToken cancellationToken) =>
        ActAsync(
            db, incident, body.Value,
            found => desk.ResolveAsync(found, body.Value.WhoOf(caller), body.Value.Comment, cancellationToken), cancellationToken);

    /// <param name="act">Returns why not; null when it is done.</param>
    private static async Task<Results<Ok<IncidentOut>, Problem>> ActAsync(
        WebhooksDbContext db, string slot, IncidentActionIn action, Func<Incident, Task<Problem?>> act, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<IncidentId>(slot, out var id)
            || await db.Incidents.FirstOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } incident)
            return ApiProblems.NotFound();
        if (action.Version is { } seen && seen != incident.Version)
            return ApiProblems.Conflict(
                $"The incident has changed since: its version is {incident.Version}, not {seen}. Look at it again, and then decide.");

        return await act(incident) is { } refusal ? refusal : TypedResults.Ok(IncidentOut.Of(incident));
    }
}

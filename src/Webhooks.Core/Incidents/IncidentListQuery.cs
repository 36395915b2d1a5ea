using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Incidents;

/// <summary>How the list of incidents is asked for.</summary>
internal sealed record IncidentListQuery : IQuery<IncidentListQuery>
{
    public required PageRequest<IncidentId> Page { get; init; }

    /// <summary>Only incidents in this state.</summary>
    [QueryParameter(
        "state", "Only incidents in this state: open, acknowledged, resolved; or unresolved, the first two.", Example = "unresolved")]
    public required IncidentStates? State { get; init; }

    /// <summary>Only incidents of this kind.</summary>
    [QueryParameter(
        "kind",
        "Only incidents of this kind: rejected, notSent, unknown, ours, payloadGone, held, failing, disabled, backlog, ledger, channel.",
        Example = "failing")]
    public required IncidentKind? Kind { get; init; }

    /// <summary>Only incidents of this application.</summary>
    [QueryParameter("app_id", "Only incidents of this application: its id or uid.", Example = "customer-4711")]
    public required string? AppId { get; init; }

    /// <summary>Only incidents of this endpoint.</summary>
    [QueryParameter("endpoint_id", "Only incidents of this endpoint: its id or uid.", Example = "orders")]
    public required string? EndpointId { get; init; }

    /// <summary>Only incidents that this person sees to.</summary>
    [QueryParameter("assignee", "Only incidents that are assigned to this person.", Example = "Ada")]
    public required string? Assignee { get; init; }

    /// <summary>When they were opened first.</summary>
    public required TimeRange Range { get; init; }

    public static IncidentListQuery Read(QueryReader query) => new()
    {
        Page = query.Page<IncidentId>(isAscending: false),
        State = query.OneOf("state", IncidentWords.States),
        Kind = query.OneOf("kind", IncidentWords.Kinds),
        AppId = query.Text("app_id", TextRule.EventType),
        EndpointId = query.Text("endpoint_id", TextRule.EventType),
        Assignee = query.Text("assignee", IncidentRules.Person),
        Range = TimeRange.Read(query),
    };

    public IQueryable<Incident> Filter(WebhooksDbContext db)
    {
        var incidents = OfState(db);
        if (Kind is { } kind)
            incidents = incidents.Where(i => i.Kind == kind);
        if (Assignee is { } assignee)
            incidents = incidents.Where(i => i.Assignee == assignee);
        if (Range.Before is { } before && IdTime.FirstOf<IncidentId>(before) is var first)
            incidents = incidents.Where(i => i.Id < first);
        if (Range.After is { } after && IdTime.LastOf<IncidentId>(after) is var last)
            incidents = incidents.Where(i => i.Id > last);
        if (AppId is { } app)
            incidents = IdText.TryParse<ApplicationId>(app, out var id)
                ? incidents.Where(i => i.ApplicationId == id)
                : incidents.Where(i => db.Applications.Any(a => a.Id == i.ApplicationId && a.Uid == app));
        if (EndpointId is not { } endpoint)
            return incidents;

        var endpoints = db.Endpoints.ByIdOrUid(endpoint);
        return incidents.Where(i => endpoints.Any(e => e.Id == i.EndpointId));
    }

    // Constants, so that the index of the unresolved ones serves.
    private IQueryable<Incident> OfState(WebhooksDbContext db) => State switch
    {
        null => db.Incidents,
        IncidentStates.Open => db.Incidents.Unresolved().Where(i => i.State == IncidentState.Open),
        IncidentStates.Acknowledged => db.Incidents.Unresolved().Where(i => i.State == IncidentState.Acknowledged),
        IncidentStates.Resolved => db.Incidents.Where(i => i.State == IncidentState.Resolved),
        _ => db.Incidents.Unresolved(),
    };
}

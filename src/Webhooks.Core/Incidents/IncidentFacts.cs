using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>What there is to know about an endpoint's incident before it can end by itself.</summary>
/// <param name="IsFailing">Its lane is tried, and nothing gets through.</param>
/// <param name="IsDisabled">The service disabled it, and its owner has not enabled it again.</param>
/// <param name="HasUndecided">The incident has dead letters that nobody has decided about.</param>
internal sealed record IncidentFacts(IncidentId Id, IncidentKind Kind, bool IsFailing, bool IsDisabled, bool HasUndecided)
{
    public static IQueryable<IncidentFacts> Read(WebhooksDbContext db, IQueryable<Incident> incidents) =>
        from incident in incidents
        join e in db.Endpoints on incident.EndpointId equals (EndpointId?)e.Id into endpoints
        from endpoint in endpoints.DefaultIfEmpty()
        join l in db.Lanes on incident.EndpointId equals (EndpointId?)l.EndpointId into lanes
        from lane in lanes.DefaultIfEmpty()
        orderby incident.Id
        select new IncidentFacts(
            incident.Id,
            incident.Kind,
            lane != null && lane.FailingSince != null && !lane.Held,
            endpoint != null && endpoint.DeletedAt == null && endpoint.DisabledReason != null,
            db.DeadLetters.Any(d => d.IncidentId == incident.Id && d.State == DeadLetterState.Open)
                || db.DeadLetters.Any(d => d.IncidentId == incident.Id && d.State == DeadLetterState.Acknowledged));

    /// <summary>Why the incident is over, in a sentence for people; null while it is not.</summary>
    public string? WhyOver() => Kind switch
    {
        IncidentKind.Failing => IsFailing ? null : "Deliveries get through again, or the endpoint is not tried any more.",
        IncidentKind.Disabled => IsDisabled ? null : "The endpoint is enabled again, or deleted.",
        _ when IncidentRules.OfLetters.Contains(Kind) =>
            HasUndecided || IsFailing ? null : "All its dead letters are decided about, and nothing fails just now.",
        _ => null,
    };
}

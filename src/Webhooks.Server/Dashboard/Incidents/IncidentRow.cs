using Webhooks.Core.Data;
using Webhooks.Core.Incidents;

namespace Webhooks.Server.Dashboard.Incidents;

/// <summary>A line of the board.</summary>
internal sealed record IncidentRow(IncidentOut Incident, string? Application, string? Endpoint)
{
    /// <summary>With the names of what it is about.</summary>
    public static IQueryable<IncidentRow> Project(IQueryable<Incident> incidents, WebhooksDbContext db) =>
        incidents.Select(i => new IncidentRow(
            new IncidentOut
            {
                Id = i.Id,
                Kind = i.Kind,
                State = i.State,
                Summary = i.Summary,
                ApplicationId = i.ApplicationId,
                EndpointId = i.EndpointId,
                ChannelId = i.ChannelId,
                OpenedAt = i.OpenedAt,
                OccurredAt = i.OccurredAt,
                Openings = i.Openings,
                AcknowledgedBy = i.AcknowledgedBy,
                AcknowledgedAt = i.AcknowledgedAt,
                Assignee = i.Assignee,
                SnoozedUntil = i.SnoozedUntil,
                ResolvedBy = i.ResolvedBy,
                ResolvedAt = i.ResolvedAt,
                EscalatesAt = i.EscalatesAt,
                Version = i.Version,
            },
            db.Applications.Where(a => a.Id == i.ApplicationId).Select(a => a.Name).FirstOrDefault(),
            db.Endpoints.Where(e => e.Id == i.EndpointId).Select(e => e.Url).FirstOrDefault()));
}

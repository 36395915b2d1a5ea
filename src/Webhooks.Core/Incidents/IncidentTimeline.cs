using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Incidents;

/// <summary>What happened to incidents, written down inside the caller's transaction.</summary>
internal sealed class IncidentTimeline(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Each entry raises the incident's version, so that of two who changed what they had both read, one is refused.</summary>
    /// <param name="actor">Null for the service itself.</param>
    public void Append(Incident incident, IncidentEventType type, string? actor, string text)
    {
        incident.Version++;
        db.IncidentEvents.Add(new IncidentEvent
        {
            Id = ids.New<IncidentEventId>(),
            IncidentId = incident.Id,
            Type = type,
            Actor = actor,
            Text = text,
            CreatedAt = clock.GetUtcMicroseconds(),
        });
    }

    /// <summary>When the last entry of one of these types was written; null for never.</summary>
    public Task<DateTimeOffset?> LastAsync(IncidentId id, IncidentEventType[] types, CancellationToken cancellationToken) =>
        db.IncidentEvents.Where(e => e.IncidentId == id && types.Contains(e.Type)).OrderByDescending(e => e.Id)
            .Select(e => (DateTimeOffset?)e.CreatedAt).FirstOrDefaultAsync(cancellationToken);
}

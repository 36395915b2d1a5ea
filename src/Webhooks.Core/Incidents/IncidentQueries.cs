using Microsoft.EntityFrameworkCore;

namespace Webhooks.Core.Incidents;

/// <summary>Incidents by how far people are with them.</summary>
internal static class IncidentQueries
{
    /// <summary>Written as constants, so that the index of just these serves.</summary>
    public static IQueryable<Incident> Unresolved(this DbSet<Incident> incidents) =>
        incidents.Where(i => i.State == IncidentState.Open || i.State == IncidentState.Acknowledged);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;

namespace Webhooks.Core.Incidents;

/// <summary>The dead letters of an incident.</summary>
internal static class IncidentLetters
{
    /// <summary>How many are moved in one transaction: other writers wait for as long.</summary>
    public const int MaxBatch = 1_000;

    /// <summary>Those that nobody has seen yet.</summary>
    public static IQueryable<DeadLetter> Open(this DbSet<DeadLetter> letters, IncidentId id) =>
        letters.Where(d => d.IncidentId == id && d.State == DeadLetterState.Open);

    /// <summary>Somebody sees to them. Returns how many they were: where it is a whole batch there may be more.</summary>
    public static Task<int> AcknowledgeAsync(
        this DbSet<DeadLetter> letters, IncidentId id, string who, DateTimeOffset now, CancellationToken cancellationToken) =>
        letters.Open(id).OrderBy(d => d.DeliveryId).Take(MaxBatch).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.State, DeadLetterState.Acknowledged)
                .SetProperty(d => d.DecidedBy, who)
                .SetProperty(d => d.DecidedAt, now),
            cancellationToken);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>
/// Sorts dead letters into incidents: all of one endpoint and one kind into one, in small transactions. That a dead letter names no
/// incident is the note that there is work to do, written in the transaction that made it; so it can't be lost, and the hot path only
/// leaves the note.
/// </summary>
internal sealed class IncidentKeeper(WebhooksDbContext db, IWebhooksSql sql, IncidentDesk desk, TimeProvider clock)
{
    private const int MaxBatch = 500;

    /// <summary>What was decided before it was sorted needs nobody any more.</summary>
    private IQueryable<DeadLetter> Unsorted => db.DeadLetters.Where(d => d.IncidentId == null && d.State == DeadLetterState.Open);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await SortBatchAsync(cancellationToken) == MaxBatch)
        {
        }

        await AcknowledgeRestAsync(cancellationToken);
    }

    private async Task<int> SortBatchAsync(CancellationToken cancellationToken)
    {
        // Almost always there is nothing, which is no reason to hold other writers up.
        if (!await Unsorted.AnyAsync(cancellationToken))
            return 0;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var letters = await Unsorted.OrderBy(d => d.DeliveryId).Take(MaxBatch)
            .Select(d => new UnsortedLetter(d.DeliveryId, d.ApplicationId, d.EndpointId, d.DeadReason, d.HoldReason))
            .ToListAsync(cancellationToken);
        foreach (var group in letters.GroupBy(letter => (letter.ApplicationId, letter.EndpointId, letter.Kind)))
        {
            var (application, endpoint, kind) = group.Key;
            await SortAsync(application, endpoint, kind, [.. group.Select(letter => letter.Id)], cancellationToken);
        }

        // Crash before: none of it happened, and they are still unsorted. Crash after: they are sorted, and their incidents say when people
        // are to be told.
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        return letters.Count;
    }

    private async Task SortAsync(
        ApplicationId application, EndpointId endpoint, IncidentKind kind, List<DeliveryId> ids, CancellationToken cancellationToken)
    {
        var report = IncidentReport.Of(application, endpoint, kind, IncidentRules.SummaryOf(kind));
        var incident = await desk.ReportAsync(report with { Update = $"More of the same: {ids.Count:N0} just now." }, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var letters = db.DeadLetters.Where(d => ids.Contains(d.DeliveryId));
        await letters.ExecuteUpdateAsync(set => set.SetProperty(d => d.IncidentId, incident.Id), cancellationToken);

        // Whoever sees to an incident sees to what comes to it later, too.
        if (incident.AcknowledgedBy is { } who)
            await letters.AcknowledgeAsync(who, clock.GetUtcMicroseconds(), cancellationToken);
    }

    /// <summary>What was too much for the transaction of an acknowledgement.</summary>
    private async Task AcknowledgeRestAsync(CancellationToken cancellationToken)
    {
        while (await FindUnfinishedAsync(cancellationToken) is { AcknowledgedBy: { } who } incident)
        {
            await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

            // Behind the gate, and again: it may have been opened again since.
            if (await db.Incidents.AnyAsync(i => i.Id == incident.Id && i.Version == incident.Version, cancellationToken))
                await db.DeadLetters.AcknowledgeAsync(incident.Id, who, clock.GetUtcMicroseconds(), cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }
    }

    private Task<Incident?> FindUnfinishedAsync(CancellationToken cancellationToken) =>
        db.Incidents.Unresolved().AsNoTracking()
            .Where(i => i.State == IncidentState.Acknowledged
                && db.DeadLetters.Any(d => d.IncidentId == i.Id && d.State == DeadLetterState.Open))
            .OrderBy(i => i.Key)
            .FirstOrDefaultAsync(cancellationToken);

    private sealed record UnsortedLetter(
        DeliveryId Id, ApplicationId ApplicationId, EndpointId EndpointId, DeadLetterReason? DeadReason, HoldReason? HoldReason)
    {
        public IncidentKind Kind => IncidentRules.KindOf(DeadReason, HoldReason);
    }
}

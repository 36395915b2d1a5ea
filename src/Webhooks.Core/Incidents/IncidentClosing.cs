using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Incidents;

/// <summary>Ends incidents of endpoints that are over by themselves.</summary>
internal sealed class IncidentClosing(WebhooksDbContext db, IWebhooksSql sql, IncidentDesk desk)
{
    private const int MaxBatch = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = default(IncidentId);
        List<IncidentFacts> page;
        do
        {
            var after = last;
            var some = db.Incidents.Unresolved()
                .Where(i => i.EndpointId != null && i.Id > after).OrderBy(i => i.Id).Take(MaxBatch);
            page = await IncidentFacts.Read(db, some).ToListAsync(cancellationToken);
            await CloseAsync(page.FindAll(facts => facts.WhyOver() is not null).ConvertAll(facts => facts.Id), cancellationToken);
            last = page.Count == 0 ? last : page[^1].Id;
        }
        while (page.Count == MaxBatch);
    }

    private async Task CloseAsync(List<IncidentId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Behind the gate, and again: a dead letter may have come, or a person was faster.
        var incidents = await db.Incidents.Unresolved().AsTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancellationToken);
        var facts = await IncidentFacts.Read(db, db.Incidents.Where(i => ids.Contains(i.Id)))
            .ToDictionaryAsync(f => f.Id, cancellationToken);
        foreach (var incident in incidents)
        {
            if (facts[incident.Id].WhyOver() is { } why)
                await desk.ResolveItselfAsync(incident, why, cancellationToken);
        }

        // Crash before: the next look finds the same.
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Counts again what became of the deliveries of every entry that is not settled, those first whose count is oldest, up to a bound: a long
/// backlog makes the counts older, not the database slower.
/// </summary>
internal sealed class LedgerCount(WebhooksDbContext db, IWebhooksSql sql, TimeProvider clock, IOptions<RetentionOptions> retention)
{
    private const int MaxEntries = 500;
    private const long MaxDeliveries = 200_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var counted = 0L;
        foreach (var (entry, isHeld) in await LedgerQueries.Due(db, MaxEntries).ToListAsync(cancellationToken))
        {
            if (counted >= MaxDeliveries)
                return;

            await CountAsync(entry, isHeld, cancellationToken);
            counted += entry.Accepted;
        }
    }

    private async Task CountAsync(LedgerHour entry, bool isHeld, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var counts = LedgerClasses.Sum(await LedgerQueries.States(db, entry).ToListAsync(cancellationToken));
        if (isHeld)
            counts = LedgerClasses.Held(counts);

        // Read after the rows: what retention removed before these were counted is in its mark.
        var removed = await db.RemovedUntilAsync(LedgerMarkKind.MessagesRemoved, now - retention.Value.Messages, cancellationToken);
        counts = entry.MayLackRows(removed)
            ? LedgerClasses.Archived(entry.Counts, counts, entry.Accepted - entry.Residue)
            : counts with { DuplicatesPossible = await LedgerQueries.Duplicates(db, entry).LongCountAsync(cancellationToken) };
        await EnterAsync(entry, counts, now, cancellationToken);
    }

    private async Task EnterAsync(LedgerHour entry, LedgerCounts counts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Settled only where it balances: what does not is counted, and told, again and again.
        var residue = entry.Accepted - counts.Total;
        var settledAt = counts.AreSettled && residue == 0 ? now : (DateTimeOffset?)null;
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Only if nothing more was booked meanwhile: these counts are of what was booked before.
        await db.LedgerHours.Where(h => h.Id == entry.Id && h.LastSequence == entry.LastSequence).ExecuteUpdateAsync(
            set => set
                .SetProperty(h => h.Counts, counts)
                .SetProperty(h => h.Residue, residue)
                .SetProperty(h => h.CountedAt, now)
                .SetProperty(h => h.SettledAt, settledAt),
            cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }
}

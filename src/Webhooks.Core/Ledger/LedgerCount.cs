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
        foreach (var entry in await Due(db, MaxEntries).ToListAsync(cancellationToken))
        {
            if (counted >= MaxDeliveries)
                return;

            await CountAsync(entry, cancellationToken);
            counted += entry.Accepted;
        }
    }

    internal static IQueryable<LedgerHour> Due(WebhooksDbContext db, int count) => db.LedgerHours.AsNoTracking()
        .Where(h => h.SettledAt == null)
        .OrderBy(h => h.CountedAt)
        .Take(count);

    private async Task CountAsync(LedgerHour entry, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var counts = LedgerClasses.Sum(await LedgerQueries.States(db, entry).ToListAsync(cancellationToken));

        // An entry holds what came up to a reading before its hour; retention may take the first of it as soon as that is old enough.
        counts = entry.Hour - LedgerTime.Hour <= now - retention.Value.Messages
            ? LedgerClasses.Archived(entry.Counts, counts, entry.Accepted)
            : counts with { DuplicatesPossible = await LedgerQueries.Duplicates(db, entry).LongCountAsync(cancellationToken) };

        // Settled only where it balances: what does not is counted, and told, again and again.
        var settledAt = counts.AreSettled && counts.Total == entry.Accepted ? now : (DateTimeOffset?)null;
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Only if nothing more was booked meanwhile: these counts are of what was booked before.
        await db.LedgerHours.Where(h => h.Id == entry.Id && h.LastSequence == entry.LastSequence).ExecuteUpdateAsync(
            set => set
                .SetProperty(h => h.Counts, counts)
                .SetProperty(h => h.CountedAt, now)
                .SetProperty(h => h.SettledAt, settledAt),
            cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Counts settled entries again, as long as retention must have left all of their rows: a row that something else removed shows as a
/// residue. Some in each run, which goes on where the last one ended, on whichever node that was; after the newest it begins at the oldest
/// again. So a run costs the same however much history there is, and a whole round takes longer.
/// </summary>
internal sealed class LedgerRecount(WebhooksDbContext db, IWebhooksSql sql, TimeProvider clock, IOptions<RetentionOptions> retention)
{
    internal const int MaxEntries = 500;
    internal const long MaxDeliveries = 100_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var began = await db.RecountedAsync(cancellationToken);
        var ended = await RecountAsync(began, cancellationToken);
        if (ended == began)
            return; // all fits into one run, which is no reason to write

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.MarkRecountedAsync(ended, clock.GetUtcMicroseconds(), cancellationToken);

        // Crash before: the next run counts the same entries once more.
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <returns>Where the next run goes on.</returns>
    private async Task<LedgerHourId> RecountAsync(LedgerHourId place, CancellationToken cancellationToken)
    {
        var removed = await RemovedUntilAsync(cancellationToken);
        var first = IdTime.FirstOf<LedgerHourId>(removed); // an entry is made in its hour or later
        var entries = await LedgerQueries.After(db, place > first ? place : first, MaxEntries).ToListAsync(cancellationToken);
        var counted = 0L;
        foreach (var entry in entries)
        {
            if (counted >= MaxDeliveries)
                return place;

            place = entry.Id;
            if (entry.SettledAt is null || entry.MayLackRows(removed))
                continue;

            await RecountAsync(entry, cancellationToken);
            counted += entry.Accepted;
        }

        return entries.Count == MaxEntries ? place : default;
    }

    private async Task RecountAsync(LedgerHour entry, CancellationToken cancellationToken)
    {
        var counts = LedgerClasses.Sum(await LedgerQueries.States(db, entry).ToListAsync(cancellationToken));
        var residue = entry.Accepted - counts.Total;

        // The mark is read again, after the rows: retention may have come to them since.
        if (residue == entry.Residue || entry.MayLackRows(await RemovedUntilAsync(cancellationToken)))
            return;

        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Its counts stay as they may be sealed. Not where more was booked meanwhile: then it is counted as a whole again.
        await db.LedgerHours.Where(h => h.Id == entry.Id && h.LastSequence == entry.LastSequence && h.SettledAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.Residue, residue), cancellationToken);

        // Crash before: the next round finds the same.
        await transaction.CommitAsync(CancellationToken.None);
    }

    private Task<DateTimeOffset> RemovedUntilAsync(CancellationToken cancellationToken) => db.RemovedUntilAsync(
        LedgerMarkKind.MessagesRemoved, clock.GetUtcMicroseconds() - retention.Value.Messages, cancellationToken);
}

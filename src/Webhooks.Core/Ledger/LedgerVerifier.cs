using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Looks whether the books are still what was sealed: all seals, and the entries under them as far as these are kept; and whether the
/// deliveries' rows, as far as they are kept, still are what the books say. Reads only.
/// </summary>
internal sealed class LedgerVerifier(WebhooksDbContext db, LedgerDigest digest, TimeProvider clock, IOptions<RetentionOptions> retention)
{
    private const int MaxBatch = 500;

    /// <summary>Everything that is wrong, in sentences for people; none where nothing is.</summary>
    public async IAsyncEnumerable<string> FindFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LedgerSeal? previous = null;
        var kept = LedgerRetention.KeptFrom(clock.GetUtcMicroseconds(), retention.Value);
        foreach (var seal in await db.LedgerSeals.AsNoTracking().OrderBy(s => s.Day).ToListAsync(cancellationToken))
        {
            if (LedgerChain.FindFault(previous, seal) is { } fault)
                yield return fault;
            else if (LedgerTime.OfName(seal.Day) >= kept
                && (await digest.OfAsync(LedgerTime.OfName(seal.Day), cancellationToken)).ToJson() != seal.Statement)
                yield return $"{seal.Day}: entries of the books were changed, added or removed after the day was sealed.";
            previous = seal;
        }

        await foreach (var fault in FindEntryFaultsAsync(cancellationToken))
            yield return fault;
    }

    // Of settled entries whose deliveries retention has not come to yet; the others are counted all the time.
    private async IAsyncEnumerable<string> FindEntryFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var since = clock.GetUtcMicroseconds() - retention.Value.Messages;
        var last = default(LedgerHourId);
        List<LedgerHour> batch;
        do
        {
            batch = await Settled(since, last).ToListAsync(cancellationToken);
            foreach (var entry in batch)
            {
                var counts = LedgerClasses.Sum(await LedgerQueries.States(db, entry).ToListAsync(cancellationToken));
                if (counts.Total != entry.Accepted)
                    yield return $"{entry.Hour:u} {entry.EndpointId}: {entry.Accepted} deliveries came, {counts.Total} are accounted for.";
            }

            last = batch.Count == 0 ? last : batch[^1].Id;
        }
        while (batch.Count == MaxBatch);
    }

    private IQueryable<LedgerHour> Settled(DateTimeOffset since, LedgerHourId after) => db.LedgerHours.AsNoTracking()
        .Where(h => h.Id > after && h.Hour > since && h.SettledAt != null)
        .OrderBy(h => h.Id)
        .Take(MaxBatch);
}

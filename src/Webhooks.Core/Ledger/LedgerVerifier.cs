using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Looks whether the books are still what was sealed: all seals, whether any is missing, and the entries under them as far as these are
/// kept; and whether the deliveries' rows, as far as they are kept, still are what the books say. Reads only.
/// </summary>
internal sealed class LedgerVerifier(
    WebhooksDbContext db, LedgerDigest digest, LedgerRows rows, TimeProvider clock, IOptions<RetentionOptions> retention)
{
    /// <summary>Closed days are sealed each hour, and when a worker starts: one that is not after so long had its turn.</summary>
    private static readonly TimeSpan SealedWithin = TimeSpan.FromHours(2);

    /// <summary>Everything that is wrong, in sentences for people; none where nothing is.</summary>
    public async IAsyncEnumerable<string> FindFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seals = await db.LedgerSeals.AsNoTracking().OrderBy(s => s.Day).ToListAsync(cancellationToken);
        await foreach (var fault in FindSealFaultsAsync(seals, cancellationToken))
            yield return fault;
        foreach (var fault in await FindNoteFaultsAsync(seals, cancellationToken))
            yield return fault;
        if (await FindUnsealedAsync(seals.LastOrDefault(), cancellationToken) is { } unsealed)
            yield return unsealed;
        await foreach (var fault in rows.FindFaultsAsync(cancellationToken))
            yield return fault;
    }

    private async IAsyncEnumerable<string> FindSealFaultsAsync(
        List<LedgerSeal> seals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LedgerSeal? previous = null;
        var kept = await db.RemovedUntilAsync(
            LedgerMarkKind.EntriesRemoved, LedgerRetention.KeptFrom(clock.GetUtcMicroseconds(), retention.Value), cancellationToken);
        foreach (var seal in seals)
        {
            if (LedgerChain.FindFault(previous, seal) is { } fault)
                yield return fault;
            else if (LedgerTime.OfName(seal.Day) >= kept
                && (await digest.OfAsync(LedgerTime.OfName(seal.Day), cancellationToken)).ToJson() != seal.Statement)
                yield return $"{seal.Day}: entries of the books were changed, added or removed after the day was sealed.";
            previous = seal;
        }
    }

    private async Task<IEnumerable<string>> FindNoteFaultsAsync(List<LedgerSeal> seals, CancellationToken cancellationToken)
    {
        var notes = await LedgerSealNotes.Newest(db).ToListAsync(cancellationToken);
        var days = seals.ToDictionary(s => s.Day);
        return
            from note in notes.AsEnumerable().Reverse()
            let fault = LedgerSealNotes.FindFault(note, days.GetValueOrDefault(LedgerSealNotes.DayOf(note)))
            where fault is not null
            select fault;
    }

    /// <summary>
    /// A day that is closed and has no seal although somebody kept the books long after that: who books also seals. One that nobody could
    /// seal because the service did not run is no fault.
    /// </summary>
    private async Task<string?> FindUnsealedAsync(LedgerSeal? last, CancellationToken cancellationToken)
    {
        if (await LedgerSealer.NextDayAsync(db, last, cancellationToken) is not { } day)
            return null;

        var limit = LedgerTime.ClosedAt(day) + SealedWithin;
        return await db.LedgerHours.AnyAsync(h => h.Hour >= limit, cancellationToken)
            ? $"{LedgerTime.NameOf(day)}: the books went on long after this day was closed, and it has no seal."
            : null;
    }
}

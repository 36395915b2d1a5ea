using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Lanes;
using Webhooks.Core.Retention;

namespace Webhooks.Core.Ledger;

/// <summary>
/// Holds the deliveries' rows against the books, all of them: entries that are settled and those that are not, and what lanes were given
/// and nobody has booked yet. Reads only.
/// </summary>
internal sealed class LedgerRows(WebhooksDbContext db, TimeProvider clock, IOptions<RetentionOptions> retention)
{
    private const int MaxBatch = 500;

    public async IAsyncEnumerable<string> FindFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default(LedgerHourId);
        List<LedgerHour> batch;
        do
        {
            batch = await LedgerQueries.After(db, last, MaxBatch).ToListAsync(cancellationToken);
            foreach (var entry in batch)
                if (await FindFaultAsync(entry, cancellationToken) is { } fault)
                    yield return fault;
            last = batch.Count == 0 ? last : batch[^1].Id;
        }
        while (batch.Count == MaxBatch);

        foreach (var lane in await LedgerQueries.Unbooked(db).ToListAsync(cancellationToken))
            if (await FindFaultAsync(lane, cancellationToken) is { } fault)
                yield return fault;
    }

    private async Task<string?> FindFaultAsync(LedgerHour entry, CancellationToken cancellationToken)
    {
        // What was found while all rows had to be there stays; without that nothing can be said of rows that retention may have removed.
        if (entry.MayLackRows(await RemovedUntilAsync(cancellationToken)))
            return entry.Residue == 0 ? null : Fault(entry, entry.Accepted - entry.Residue);

        var total = await SumAsync(LedgerQueries.States(db, entry), cancellationToken);
        if (total == entry.Accepted)
            return entry.Residue == 0 ? null : $"{NameOf(entry)}: the books have a residue of {entry.Residue}, and the rows balance again.";
        return entry.MayLackRows(await RemovedUntilAsync(cancellationToken)) ? null : Fault(entry, total);
    }

    private async Task<string?> FindFaultAsync(Lane lane, CancellationToken cancellationToken)
    {
        var (came, total) = (lane.LastSequence - lane.BookedSequence, await SumAsync(LedgerQueries.States(db, lane), cancellationToken));
        return total == came ? null : $"{lane.EndpointId}: deliveries that came and are not booked yet: {came}, accounted for: {total}.";
    }

    private static string Fault(LedgerHour entry, long total) =>
        $"{NameOf(entry)}: deliveries that came: {entry.Accepted}, accounted for: {total}.";

    private static string NameOf(LedgerHour entry) => $"{entry.Hour:u} {entry.EndpointId}";

    private static async Task<long> SumAsync(IQueryable<CountedState> states, CancellationToken cancellationToken) =>
        LedgerClasses.Sum(await states.ToListAsync(cancellationToken)).Total;

    private Task<DateTimeOffset> RemovedUntilAsync(CancellationToken cancellationToken) => db.RemovedUntilAsync(
        LedgerMarkKind.MessagesRemoved, clock.GetUtcMicroseconds() - retention.Value.Messages, cancellationToken);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Ledger;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes entries of the books that were settled long enough ago, once the day on which they were is sealed: its seal has the sums, and is
/// kept. What is not settled stays, what does not come out even, and the chain of seals.
/// </summary>
internal sealed class LedgerRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, TimeProvider clock, IOptions<RetentionOptions> options)
{
    /// <summary>Safe to run twice at once and to stop at any time: what is left is found again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = await db.LedgerSeals.OrderByDescending(s => s.Day).Select(s => s.Day).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
            return;

        var (kept, unsealed) = (KeptFrom(clock.GetUtcMicroseconds(), options.Value), LedgerTime.OfName(last) + LedgerTime.Day);
        var limit = kept < unsealed ? kept : unsealed;
        await new RetentionRun(clock).RunAsync(token => StepAsync(limit, token), cancellationToken);
    }

    /// <summary>The first day whose entries are all kept, also those that were settled in it: its seal can be held against them.</summary>
    public static DateTimeOffset KeptFrom(DateTimeOffset now, RetentionOptions options) => LedgerTime.DayOf(now - options.Ledger);

    /// <summary>The next entries that were settled before a day. They came before that, too.</summary>
    public static IQueryable<LedgerHourId> Old(WebhooksDbContext db, DateTimeOffset limit) => db.LedgerHours
        .Where(h => h.SettledAt != null && h.SettledAt < limit && h.Residue == 0)
        .OrderBy(h => h.SettledAt)
        .Take(SmallBatch.MaxRows)
        .Select(h => h.Id);

    private async Task<bool> StepAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var old = await Old(db, limit).ToListAsync(cancellationToken);
        if (old.Count == 0)
            return false;

        // Without a second look: nothing comes into an hour that is over, so what was settled in it stays so.
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.MarkRemovedAsync(LedgerMarkKind.EntriesRemoved, limit, cancellationToken);
        var removed = await db.LedgerHours.Where(h => old.Contains(h.Id)).ExecuteDeleteAsync(cancellationToken);

        // Crash before: nothing of this happened, and the next run finds them again. Crash after: they are gone, as they should be.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(new Removed { LedgerHours = removed });
        return old.Count == SmallBatch.MaxRows;
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Ledger;

/// <summary>
/// What retention really has removed, whatever period it has now. It moves its mark in the transaction of the removal, so whoever reads
/// rows first and the mark after them knows whether one of those may have been gone already.
/// </summary>
internal static class LedgerMarks
{
    /// <summary>Up to when rows may be gone: by the present period, or by a shorter one that there was once.</summary>
    /// <param name="limit">What the present period says.</param>
    public static async Task<DateTimeOffset> RemovedUntilAsync(
        this WebhooksDbContext db, LedgerMarkKind kind, DateTimeOffset limit, CancellationToken cancellationToken) =>
        await Of(db, kind).Select(m => (DateTimeOffset?)m.At).FirstOrDefaultAsync(cancellationToken) is { } until && until > limit
            ? until
            : limit;

    /// <summary>Inside the transaction that removes; never back.</summary>
    public static async Task MarkRemovedAsync(
        this WebhooksDbContext db, LedgerMarkKind kind, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var known = await Of(db, kind).Select(m => (DateTimeOffset?)m.At).FirstOrDefaultAsync(cancellationToken);
        if (known is null)
            await AddAsync(db, new LedgerMark { Kind = kind, At = until }, cancellationToken);
        else if (known < until)
            await Of(db, kind).ExecuteUpdateAsync(set => set.SetProperty(m => m.At, until), cancellationToken);
    }

    /// <summary>The last entry that was counted again; the first of all ids when a round begins.</summary>
    public static Task<LedgerHourId> RecountedAsync(this WebhooksDbContext db, CancellationToken cancellationToken) =>
        Of(db, LedgerMarkKind.Recounted).Select(m => m.Entry).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Inside the caller's transaction.</summary>
    public static async Task MarkRecountedAsync(
        this WebhooksDbContext db, LedgerHourId entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await Of(db, LedgerMarkKind.Recounted).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Entry, entry).SetProperty(m => m.At, now), cancellationToken) == 0)
            await AddAsync(db, new LedgerMark { Kind = LedgerMarkKind.Recounted, At = now, Entry = entry }, cancellationToken);
    }

    private static IQueryable<LedgerMark> Of(WebhooksDbContext db, LedgerMarkKind kind) => db.LedgerMarks.Where(m => m.Kind == kind);

    private static async Task AddAsync(WebhooksDbContext db, LedgerMark mark, CancellationToken cancellationToken)
    {
        db.LedgerMarks.Add(mark);
        await db.SaveChangesAsync(cancellationToken);
        db.Entry(mark).State = EntityState.Detached;
    }
}

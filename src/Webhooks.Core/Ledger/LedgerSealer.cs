using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Ledger;

/// <summary>Seals every day that is closed: from the first that has entries to the last whose entries can't change any more.</summary>
internal sealed class LedgerSealer(
    WebhooksDbContext db, IWebhooksSql sql, LedgerBooking booking, LedgerDigest digest, TimeProvider clock)
{
    /// <summary>How long after its end a day is closed: filtered deliveries of its last hour are counted for an hour longer.</summary>
    private static readonly TimeSpan ClosedAfter = TimeSpan.FromHours(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // After a long outage what came before it may not be in the books yet, and a sealed day takes nothing in any more.
        await booking.RunAsync(cancellationToken);
        while (await SealNextAsync(cancellationToken))
        {
        }
    }

    private async Task<bool> SealNextAsync(CancellationToken cancellationToken)
    {
        var last = await db.LedgerSeals.AsNoTracking().OrderByDescending(s => s.Day).FirstOrDefaultAsync(cancellationToken);
        if (await NextDayAsync(last, cancellationToken) is not { } day || day + LedgerTime.Day + ClosedAfter > clock.GetUtcNow())
            return false;

        var statement = await digest.OfAsync(day, cancellationToken);
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await db.LedgerSeals.AnyAsync(s => s.Day == statement.Day, cancellationToken))
            return true; // another node was first

        db.LedgerSeals.Add(LedgerChain.Seal(last, statement, clock.GetUtcMicroseconds()));
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the day is not sealed, and the next run seals it.
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        return true;
    }

    private async Task<DateTimeOffset?> NextDayAsync(LedgerSeal? last, CancellationToken cancellationToken)
    {
        if (last is not null)
            return LedgerTime.OfName(last.Day) + LedgerTime.Day;

        var first = await db.LedgerHours.OrderBy(h => h.Hour).Select(h => (DateTimeOffset?)h.Hour).FirstOrDefaultAsync(cancellationToken);
        return first is { } hour ? LedgerTime.DayOf(hour) : null;
    }
}

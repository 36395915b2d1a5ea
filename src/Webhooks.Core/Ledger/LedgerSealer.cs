using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;

namespace Webhooks.Core.Ledger;

/// <summary>Seals every day that is closed: from the first that has entries to the last whose entries can't change any more.</summary>
internal sealed class LedgerSealer(
    WebhooksDbContext db, IWebhooksSql sql, LedgerBooking booking, LedgerDigest digest, AuditTrail audit, TimeProvider clock,
    ILogger<LedgerSealer> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // After a long outage what came before it may not be in the books yet, and a sealed day takes nothing in any more.
        await booking.RunAsync(cancellationToken);

        // A seal over a gap would hide it for good. The audit tells people; they bring the lost seal back.
        if (await LedgerSealNotes.FindFaultAsync(db, cancellationToken) is not null)
            return;

        while (await SealNextAsync(cancellationToken))
        {
        }
    }

    private async Task<bool> SealNextAsync(CancellationToken cancellationToken)
    {
        var last = await db.LedgerSeals.AsNoTracking().OrderByDescending(s => s.Day).FirstOrDefaultAsync(cancellationToken);
        if (await NextDayAsync(db, last, cancellationToken) is not { } day || LedgerTime.ClosedAt(day) > clock.GetUtcNow())
            return false;

        var statement = await digest.OfAsync(day, cancellationToken);
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await db.LedgerSeals.AnyAsync(s => s.Day == statement.Day, cancellationToken))
            return true; // another node was first

        var seal = LedgerChain.Seal(last, statement, clock.GetUtcMicroseconds());
        db.LedgerSeals.Add(seal);
        audit.Note(seal);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the day is not sealed, and the next run seals it.
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        logger.DaySealed(seal.Day, Convert.ToHexStringLower(seal.Hash));
        return true;
    }

    /// <summary>The day whose seal comes next; null as long as there is nothing to seal.</summary>
    public static async Task<DateTimeOffset?> NextDayAsync(WebhooksDbContext db, LedgerSeal? last, CancellationToken cancellationToken)
    {
        if (last is not null)
            return LedgerTime.OfName(last.Day) + LedgerTime.Day;

        var first = await db.LedgerHours.OrderBy(h => h.Hour).Select(h => (DateTimeOffset?)h.Hour).FirstOrDefaultAsync(cancellationToken);
        return first is { } hour ? LedgerTime.DayOf(hour) : null;
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Ledger;

/// <summary>
/// That a day was sealed, and with which hash, is noted in the audit log as well. The chain alone can't tell that its last seals were
/// removed: what is left of it hangs together.
/// </summary>
internal static class LedgerSealNotes
{
    private const string Operation = "ledger.seal";

    /// <summary>Inside the transaction of the seal, whose caller saves.</summary>
    public static void Note(this AuditTrail audit, LedgerSeal seal) =>
        audit.Add(IncidentDesk.Service, Operation, $"{seal.Day} {HashOf(seal)}");

    /// <summary>The notes from the newest on.</summary>
    public static IQueryable<string> Newest(WebhooksDbContext db) =>
        db.AuditEntries.Where(e => e.Operation == Operation).OrderByDescending(e => e.Id).Select(e => e.Target);

    /// <summary>What is wrong with the newest seal, for people; null for nothing.</summary>
    public static async Task<string?> FindFaultAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        // The note first: another node may be sealing, and both commit together.
        if (await Newest(db).FirstOrDefaultAsync(cancellationToken) is not { } note)
            return null;

        var day = DayOf(note);
        return FindFault(note, await db.LedgerSeals.AsNoTracking().FirstOrDefaultAsync(s => s.Day == day, cancellationToken));
    }

    /// <param name="seal">The seal of the note's day; null where there is none.</param>
    public static string? FindFault(string note, LedgerSeal? seal)
    {
        if (seal is null)
            return $"{DayOf(note)}: by the audit log this day was sealed, and its seal is gone.";
        return note == $"{seal.Day} {HashOf(seal)}" ? null : $"{seal.Day}: by the audit log this day was sealed with another hash.";
    }

    public static string DayOf(string note) => note.Split(' ')[0];

    private static string HashOf(LedgerSeal seal) => Convert.ToHexStringLower(seal.Hash);
}

using Webhooks.Core.Data;

namespace Webhooks.Core.Ledger;

internal static class LedgerUnbalanced
{
    /// <summary>Entries whose count did not come to what was accepted. They have an index of their own, which is empty.</summary>
    public static IQueryable<LedgerHour> Unbalanced(this WebhooksDbContext db) => db.LedgerHours.Where(h => h.Residue != 0);
}

using Webhooks.Core.Data;

namespace Webhooks.Core.Ledger;

internal static class LedgerUnbalanced
{
    /// <summary>Entries whose count does not come to what was accepted. What balances is settled sooner or later, so these stay among the others.</summary>
    public static IQueryable<LedgerHour> Unbalanced(this WebhooksDbContext db) => db.LedgerHours.Where(h =>
        h.SettledAt == null && h.CountedAt > LedgerHour.Never
        && h.LastSequence - h.FirstSequence != h.Counts.Delivered + h.Counts.Waiting + h.Counts.Sending + h.Counts.Held
            + h.Counts.DeadUnacknowledged + h.Counts.DeadAcknowledged + h.Counts.Replayed + h.Counts.Discarded + h.Counts.Canceled
            + h.Counts.EndedLater);
}

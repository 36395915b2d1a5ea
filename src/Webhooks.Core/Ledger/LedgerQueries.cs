using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;

namespace Webhooks.Core.Ledger;

/// <summary>What the deliveries' own rows say. Each question walks a range of one index.</summary>
internal static class LedgerQueries
{
    /// <summary>
    /// Entries that must still be counted, those first whose count is oldest, and whether their lane is held. A deleted endpoint's lane is
    /// held, too, for the seconds until what waits in it is canceled.
    /// </summary>
    public static IQueryable<DueEntry> Due(WebhooksDbContext db, int count) => db.LedgerHours.AsNoTracking()
        .Where(h => h.SettledAt == null)
        .OrderBy(h => h.CountedAt)
        .Take(count)
        .Select(h => new DueEntry(h, db.Lanes.Any(l => l.EndpointId == h.EndpointId && l.Held)));

    /// <summary>The entries after one, in the order in which they were made.</summary>
    public static IQueryable<LedgerHour> After(WebhooksDbContext db, LedgerHourId place, int count) => db.LedgerHours.AsNoTracking()
        .Where(h => h.Id > place)
        .OrderBy(h => h.Id)
        .Take(count);

    /// <summary>Lanes that were given something since they were read for the books.</summary>
    public static IQueryable<Lane> Unbooked(WebhooksDbContext db) => db.Lanes.AsNoTracking().Where(l => l.LastSequence > l.BookedSequence);

    /// <summary>How many deliveries of the entry are in which state, and what people decided about them.</summary>
    public static IQueryable<CountedState> States(WebhooksDbContext db, LedgerHour entry) => States(db, Deliveries(db, entry));

    /// <summary>The same of what the lane was given since it was read for the books.</summary>
    public static IQueryable<CountedState> States(WebhooksDbContext db, Lane unbooked) =>
        States(db, Deliveries(db, unbooked.EndpointId, unbooked.BookedSequence, unbooked.LastSequence));

    private static IQueryable<CountedState> States(WebhooksDbContext db, IQueryable<Delivery> deliveries) =>
        from delivery in deliveries
        join letter in db.DeadLetters on delivery.Id equals letter.DeliveryId into letters
        from letter in letters.DefaultIfEmpty()
        group delivery by new { delivery.State, Decision = (DeadLetterState?)letter!.State, IsReplay = delivery.ReplayNumber > 0 }
        into same
        select new CountedState(same.Key.State, same.Key.Decision, same.Key.IsReplay, same.LongCount());

    /// <summary>
    /// Deliveries of the entry with more than one request that may have got through: one that ended as unknown and was followed by another,
    /// or one for an earlier delivery of the same message there. A receipt is no request: nothing was sent.
    /// </summary>
    public static IQueryable<Delivery> Duplicates(WebhooksDbContext db, LedgerHour entry) => Deliveries(db, entry)
        .Where(d => d.Attempts > 0 && db.Attempts.Any(a => a.MessageId == d.MessageId && a.EndpointId == d.EndpointId
            && ((a.DeliveryId == d.Id && a.Number < d.Attempts && a.Outcome == AttemptOutcome.Unknown
                    && (a.Number < d.Attempts - 1 || !db.Attempts.Any(r => r.MessageId == d.MessageId && r.DeliveryId == d.Id
                        && r.Number == d.Attempts && r.ReceiptAnswer == ReceiptAnswer.Processed)))
                || (a.DeliveryId < d.Id && (a.Outcome == AttemptOutcome.Unknown || a.Outcome == AttemptOutcome.Delivered)))));

    /// <summary>How much each endpoint's filter kept back in an hour, by the time in the deliveries' ids.</summary>
    public static IQueryable<FilteredCount> Filtered(WebhooksDbContext db, DateTimeOffset hour)
    {
        var (from, to) = (IdTime.FirstOf<DeliveryId>(hour), IdTime.FirstOf<DeliveryId>(hour + LedgerTime.Hour));
        return
            from delivery in db.Deliveries
            where delivery.State == DeliveryState.Filtered && delivery.Id >= @from && delivery.Id < to
            group delivery by delivery.EndpointId into endpoint
            select new FilteredCount(endpoint.Key, endpoint.LongCount());
    }

    /// <summary>The first delivery from a time on that a filter kept back.</summary>
    public static IQueryable<DeliveryId?> FirstFiltered(WebhooksDbContext db, DateTimeOffset from)
    {
        var first = IdTime.FirstOf<DeliveryId>(from);
        return db.Deliveries.Where(d => d.State == DeliveryState.Filtered && d.Id >= first).OrderBy(d => d.Id).Select(d => (DeliveryId?)d.Id);
    }

    private static IQueryable<Delivery> Deliveries(WebhooksDbContext db, LedgerHour entry) =>
        Deliveries(db, entry.EndpointId, entry.FirstSequence, entry.LastSequence);

    private static IQueryable<Delivery> Deliveries(WebhooksDbContext db, EndpointId endpoint, long first, long last) =>
        db.Deliveries.Where(d => d.EndpointId == endpoint && d.Sequence > first && d.Sequence <= last);

    internal sealed record FilteredCount(EndpointId EndpointId, long Count);
}

/// <summary>An entry whose turn it is to be counted.</summary>
/// <param name="IsHeld">What waits in its lane is held.</param>
internal sealed record DueEntry(LedgerHour Entry, bool IsHeld);

/// <summary>Deliveries that are alike to the books.</summary>
/// <param name="Decision">What became of the dead letter; null where there is none.</param>
internal sealed record CountedState(DeliveryState State, DeadLetterState? Decision, bool IsReplay, long Count);

using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Ledger;

/// <summary>What the deliveries' own rows say. Each question walks a range of one index.</summary>
internal static class LedgerQueries
{
    /// <summary>How many deliveries of the entry are in which state, and what people decided about them.</summary>
    public static IQueryable<CountedState> States(WebhooksDbContext db, LedgerHour entry) =>
        from delivery in Deliveries(db, entry)
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

    private static IQueryable<Delivery> Deliveries(WebhooksDbContext db, LedgerHour entry)
    {
        var (endpoint, first, last) = (entry.EndpointId, entry.FirstSequence, entry.LastSequence);
        return db.Deliveries.Where(d => d.EndpointId == endpoint && d.Sequence > first && d.Sequence <= last);
    }

    internal sealed record FilteredCount(EndpointId EndpointId, long Count);
}

/// <summary>Deliveries that are alike to the books.</summary>
/// <param name="Decision">What became of the dead letter; null where there is none.</param>
internal sealed record CountedState(DeliveryState State, DeadLetterState? Decision, bool IsReplay, long Count);

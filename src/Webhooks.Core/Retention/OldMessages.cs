using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Retention;

/// <summary>What is asked about old messages. Each question walks an index and stops at a bound, however much history there is.</summary>
internal static class OldMessages
{
    /// <summary>The next messages after a place that were accepted by then. An id says when, so the key serves.</summary>
    public static IQueryable<MessageId> After(WebhooksDbContext db, MessageId place, DateTimeOffset limit)
    {
        var last = IdTime.LastOf<MessageId>(limit);
        return db.Messages
            .Where(m => m.Id > place && m.Id <= last && m.CreatedAt <= limit)
            .OrderBy(m => m.Id)
            .Take(SmallBatch.MaxMessages)
            .Select(m => m.Id);
    }

    /// <summary>Which of these messages have a delivery for whose sake they stay.</summary>
    public static IQueryable<MessageId> Needed(WebhooksDbContext db, IReadOnlyList<MessageId> messages, RetentionLimits limits)
    {
        var (limit, _, deadLimit) = limits;
        var deliveries = DeliveriesOf(db, messages);
        var young = deliveries.Where(
            d => d.FinishedAt == null || d.FinishedAt > limit || (d.State == DeliveryState.Dead && d.FinishedAt > deadLimit));
        return young.Select(d => d.MessageId).Union(deliveries.Undecided(db).Select(d => d.MessageId));
    }

    /// <summary>Which of these messages have a delivery that is not finished.</summary>
    public static IQueryable<MessageId> Unfinished(WebhooksDbContext db, IReadOnlyList<MessageId> messages) =>
        DeliveriesOf(db, messages).Where(d => d.FinishedAt == null).Select(d => d.MessageId).Distinct();

    /// <summary>Some attempts of these messages, in the order of their index, so that it is read no further than that.</summary>
    public static IQueryable<AttemptId> Attempts(WebhooksDbContext db, IReadOnlyList<MessageId> messages)
    {
        var (first, last) = (messages.Min(), messages.Max());
        return db.Attempts
            .Where(a => a.MessageId >= first && a.MessageId <= last && messages.Contains(a.MessageId))
            .OrderBy(a => a.MessageId).ThenBy(a => a.Id)
            .Take(SmallBatch.MaxRows)
            .Select(a => a.Id);
    }

    public static IQueryable<PayloadSize> Payloads(WebhooksDbContext db, IReadOnlyList<MessageId> messages) =>
        db.MessagePayloads
            .Where(p => messages.Contains(p.MessageId))
            .Select(p => new PayloadSize(p.MessageId, p.Body.Length + (p.RawBody == null ? 0 : p.RawBody.Length)));

    /// <summary>Some deliveries of these messages, in the order of their index as well.</summary>
    public static IQueryable<DeliveryId> Deliveries(WebhooksDbContext db, IReadOnlyList<MessageId> messages) =>
        DeliveriesOf(db, messages)
            .OrderBy(d => d.MessageId).ThenBy(d => d.EndpointId).ThenBy(d => d.ReplayNumber)
            .Take(SmallBatch.MaxRows)
            .Select(d => d.Id);

    // Within a range as well: a planner without statistics takes a hundred messages for half of all, and reads the table.
    private static IQueryable<Delivery> DeliveriesOf(WebhooksDbContext db, IReadOnlyList<MessageId> messages)
    {
        var (first, last) = (messages.Min(), messages.Max());
        return db.Deliveries.Where(d => d.MessageId >= first && d.MessageId <= last && messages.Contains(d.MessageId));
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>
/// Sends messages to an endpoint again: new deliveries beside what is scheduled, which they never cancel. What is in front of a person has
/// its decision with that: dead letters are replayed, and what is held ends.
/// </summary>
internal sealed class Resend(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Adds the delivery to the caller's transaction. Null when the message's payload is gone.</summary>
    /// <param name="by">Who asks for it.</param>
    public async Task<DeliveryId?> AddAsync(MessageId messageId, EndpointId endpointId, string by, CancellationToken cancellationToken)
    {
        if (!await db.MessagePayloads.AnyAsync(payload => payload.MessageId == messageId, cancellationToken))
            return null;

        return (await AddAllAsync([messageId], endpointId, by, cancellationToken))[0].Id;
    }

    /// <summary>Adds a delivery of each message to the caller's transaction, in their order.</summary>
    /// <param name="messageIds">Different messages, whose payloads are there; one at least.</param>
    /// <param name="by">Who asks for it.</param>
    public async Task<IReadOnlyList<Delivery>> AddAllAsync(
        IReadOnlyList<MessageId> messageIds, EndpointId endpointId, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();

        // First the lane: its lock makes two resends of one message queue up, so each finds its own replay number.
        var lastSequence = await db.ArriveAsync(endpointId, messageIds.Count, now, cancellationToken);
        var earlier = await LastAsync(messageIds, endpointId, cancellationToken);
        var deliveries = messageIds
            .Select((messageId, index) => Again(
                messageId, endpointId, lastSequence - messageIds.Count + 1 + index, earlier.GetValueOrDefault(messageId), now))
            .ToList();
        db.Deliveries.AddRange(deliveries);
        await db.SaveChangesAsync(cancellationToken); // they are what the dead letters are linked to
        await Held(db, messageIds, endpointId).CancelAsync(now, cancellationToken);
        await db.DecideReplayedAsync(messageIds, endpointId, by, now, cancellationToken);
        return deliveries;
    }

    /// <summary>Deliveries of these messages that wait for a person.</summary>
    internal static IQueryable<Delivery> Held(WebhooksDbContext db, IReadOnlyList<MessageId> messageIds, EndpointId endpointId) =>
        db.Deliveries.Where(delivery =>
            messageIds.Contains(delivery.MessageId) && delivery.EndpointId == endpointId && delivery.State == DeliveryState.Held);

    private Delivery Again(MessageId messageId, EndpointId endpointId, long sequence, Earlier? last, DateTimeOffset now) => new()
    {
        Id = ids.New<DeliveryId>(),
        MessageId = messageId,
        EndpointId = endpointId,

        // Number 0 is kept for the delivery that the message itself makes, also where the endpoint did not match then.
        ReplayNumber = (last?.ReplayNumber ?? 0) + 1,
        TriggerType = AttemptTrigger.Manual,
        Sequence = sequence,

        // No ordering key: what it repeats had its turn, and what a person asks for does not queue up behind what is stuck.
        OrderingKey = null,
        State = DeliveryState.Waiting,
        DueAt = now,

        // The first attempt tells the subscriber, too, that it may have the message.
        LastOutcome = last?.Outcome,
        CreatedAt = now,
    };

    private async Task<Dictionary<MessageId, Earlier>> LastAsync(
        IReadOnlyList<MessageId> messageIds, EndpointId endpointId, CancellationToken cancellationToken) =>
        await db.Deliveries
            .Where(delivery => delivery.EndpointId == endpointId && messageIds.Contains(delivery.MessageId))
            .Newest(db)
            .Select(delivery => new Earlier(delivery.MessageId, delivery.ReplayNumber, delivery.LastOutcome))
            .ToDictionaryAsync(delivery => delivery.MessageId, cancellationToken);

    private sealed record Earlier(MessageId MessageId, int ReplayNumber, AttemptOutcome? Outcome);
}

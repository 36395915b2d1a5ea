using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>Sends a message to an endpoint again: a new delivery beside what is scheduled, which it never cancels.</summary>
internal sealed class Resend(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    /// <summary>Adds the delivery to the caller's transaction. Null when the message's payload is gone.</summary>
    public async Task<DeliveryId?> AddAsync(MessageId messageId, EndpointId endpointId, CancellationToken cancellationToken)
    {
        if (!await db.MessagePayloads.AnyAsync(payload => payload.MessageId == messageId, cancellationToken))
            return null;

        var now = clock.GetUtcMicroseconds();

        // First the lane: its lock makes two resends of one message queue up, so each finds its own replay number.
        var sequence = await db.ArriveAsync(endpointId, now, cancellationToken);
        var last = await LastAsync(messageId, endpointId, cancellationToken);
        var delivery = new Delivery
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
        db.Deliveries.Add(delivery);
        return delivery.Id;
    }

    private Task<Earlier?> LastAsync(MessageId messageId, EndpointId endpointId, CancellationToken cancellationToken) =>
        db.Deliveries
            .Where(delivery => delivery.MessageId == messageId && delivery.EndpointId == endpointId)
            .OrderByDescending(delivery => delivery.ReplayNumber)
            .Select(delivery => new Earlier(delivery.ReplayNumber, delivery.LastOutcome))
            .FirstOrDefaultAsync(cancellationToken);

    private sealed record Earlier(int ReplayNumber, AttemptOutcome? Outcome);
}

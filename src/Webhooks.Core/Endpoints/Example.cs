using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Endpoints;

/// <summary>A message for one endpoint only, inside the caller's transaction.</summary>
internal sealed class Example(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    private const int MaxChannels = 5;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>
    /// Adds the message, its payload and its delivery, and makes the lane ready. It has no ordering key: a person who tries an endpoint
    /// out is not kept waiting by what is stuck there.
    /// </summary>
    public async Task<MessageOut> AddAsync(Endpoint endpoint, string eventType, RawJson payload, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var sequence = await db.ArriveAsync(endpoint.Id, now, cancellationToken);
        var message = new Message
        {
            Id = ids.New<MessageId>(),
            ApplicationId = endpoint.ApplicationId,
            EventType = eventType,
            Channels = endpoint.Channels?.Take(MaxChannels).ToList(), // One that the endpoint listens to lets it through.
            CreatedAt = now,
        };
        db.Messages.Add(message);
        db.MessagePayloads.Add(new MessagePayload { MessageId = message.Id, Body = payload.Utf8.ToArray(), ExpiresAt = now + Retention });
        db.Deliveries.Add(new Delivery
        {
            Id = ids.New<DeliveryId>(),
            MessageId = message.Id,
            EndpointId = endpoint.Id,
            ReplayNumber = 0,
            TriggerType = AttemptTrigger.Manual,
            Sequence = sequence,
            State = DeliveryState.Waiting,
            DueAt = now,
            CreatedAt = now,
        });
        return new MessageOut
        {
            Id = message.Id,
            EventId = null,
            EventType = eventType,
            Payload = payload,
            Channels = message.Channels,
            OrderingKey = null,
            Timestamp = now,
        };
    }
}

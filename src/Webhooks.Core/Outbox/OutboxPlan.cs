using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>
/// Decides, without touching the database, what a batch writes and what each request is answered. Requests are taken in order, so
/// a later one sees what an earlier one of the same batch takes.
/// </summary>
/// <param name="messageIds">One for each request, in order; those of requests that are refused are not used.</param>
internal sealed class OutboxPlan(
    OutboxSnapshot snapshot, IReadOnlyList<MessageId> messageIds, IdGenerator ids, DateTimeOffset now, TimeSpan idempotencyPeriod)
{
    private readonly List<Message> _messages = [];
    private readonly List<MessagePayloadRow> _payloads = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly List<IdempotencyRecord> _records = [];
    private readonly Dictionary<EndpointId, LaneArrival> _lanes = [];
    private readonly HashSet<(EndpointId, string)> _busyKeys = [.. snapshot.BusyKeys];
    private readonly HashSet<(ApplicationId, string)> _takenEventIds = [.. snapshot.TakenEventIds];
    private readonly Dictionary<(ApiKeyId, string), AnsweredPublish> _answered = new(snapshot.Answered);
    private int _added;

    public OutboxRows Rows => new(_messages, _payloads, _deliveries, _lanes.Values, _records);

    public PublishResult Add(PublishRequest request)
    {
        var id = messageIds[_added++];
        if (Earlier(request.Idempotency) is { } answered)
            return answered;
        if (!snapshot.Applications.TryGetValue(request.Application, out var application))
            return new PublishResult(PublishStatus.ApplicationNotFound);
        if (request.EventId is not null && !_takenEventIds.Add((application, request.EventId)))
            return new PublishResult(PublishStatus.EventIdTaken);

        return Accept(request, application, id);
    }

    private PublishResult? Earlier(IdempotencyClaim? claim)
    {
        if (claim is null || !_answered.TryGetValue((claim.ApiKeyId, claim.Key), out var answered))
            return null;

        return answered.Message is { } message && answered.RequestHash.AsSpan().SequenceEqual(claim.RequestHash)
            ? new PublishResult(PublishStatus.Accepted, message.Id, message.CreatedAt)
            : new PublishResult(PublishStatus.IdempotencyConflict);
    }

    private PublishResult Accept(PublishRequest request, ApplicationId application, MessageId id)
    {
        var message = new Message
        {
            Id = id,
            ApplicationId = application,
            EventType = request.EventType,
            EventId = request.EventId,
            Channels = request.Channels is null ? null : [.. request.Channels],
            OrderingKey = request.OrderingKey,
            TraceParent = request.TraceParent,
            CreatedAt = now,
            PayloadExpiresAt = now + request.PayloadRetention,
        };
        _messages.Add(message);
        _payloads.Add(new MessagePayloadRow(message.Id, request.Payload, request.RawPayload));

        foreach (var subscription in snapshot.Subscriptions[application])
        {
            if (subscription.Matches(message.EventType, message.Channels))
                _deliveries.Add(Deliver(message, subscription));
        }

        Remember(request.Idempotency, message);
        return new PublishResult(PublishStatus.Accepted, message.Id, now);
    }

    private Delivery Deliver(Message message, Subscription subscription)
    {
        var key = subscription.OrderingKeyOf(message.OrderingKey);

        // The first of its key is due and keeps the key busy; the record that ends it makes the next one due.
        var isDue = key is null || _busyKeys.Add((subscription.EndpointId, key));
        return new Delivery
        {
            Id = ids.New<DeliveryId>(),
            MessageId = message.Id,
            EndpointId = subscription.EndpointId,
            ReplayNumber = 0,
            TriggerType = AttemptTrigger.Scheduled,
            Sequence = Arrive(subscription, isDue),
            OrderingKey = key,
            State = isDue ? DeliveryState.Waiting : DeliveryState.Queued,
            DueAt = now,
            CreatedAt = now,
        };
    }

    // What is not due wakes no lane.
    private long Arrive(Subscription subscription, bool isDue)
    {
        var id = subscription.EndpointId;
        var lane = _lanes.GetValueOrDefault(id, new LaneArrival(id, subscription.LastSequence, null));
        lane = new LaneArrival(id, lane.LastSequence + 1, isDue ? now : lane.DueAt);
        _lanes[id] = lane;
        return lane.LastSequence;
    }

    private void Remember(IdempotencyClaim? claim, Message message)
    {
        if (claim is null)
            return;

        _answered[(claim.ApiKeyId, claim.Key)] = new AnsweredPublish(claim.RequestHash, new AcceptedMessage(message.Id, now));
        _records.Add(new IdempotencyRecord
        {
            ApiKeyId = claim.ApiKeyId,
            IdempotencyKey = claim.Key,
            RequestHash = claim.RequestHash,
            StatusCode = PublishedAnswer.StatusCode,
            Answer = PublishedAnswer.Write(message.Id, now),
            ExpiresAt = now + idempotencyPeriod,
        });
    }
}

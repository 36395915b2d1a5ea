using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>
/// Decides, without touching the database, what a batch writes and what each request is answered. Requests are taken in order, so
/// a later one sees what an earlier one of the same batch takes.
/// </summary>
/// <param name="messageIds">One for each request, in order; those of requests that are refused are not used.</param>
internal sealed class OutboxPlan(
    OutboxSnapshot snapshot, IReadOnlyList<MessageId> messageIds, IdGenerator ids, DateTimeOffset now, TimeSpan idempotencyPeriod,
    ContentFilterCache filters)
{
    private readonly List<Message> _messages = [];
    private readonly List<MessagePayloadRow> _payloads = [];
    private readonly List<Delivery> _deliveries = [];
    private readonly List<IdempotencyRecord> _records = [];
    private readonly Dictionary<EndpointId, LaneArrival> _lanes = [];
    private readonly HashSet<(EndpointId, string)> _busyKeys = [.. snapshot.BusyKeys];
    private readonly HashSet<(ApplicationId, string)> _takenEventIds = [.. snapshot.TakenEventIds];
    private readonly Dictionary<(ApiKeyId, string), AnsweredPublish> _answered =
        new(snapshot.Answered.Where(key => key.Value.ExpiresAt > now));
    private int _added;

    // One record stands for a whole batch, so what is sent under its key again is known in each place, refusals too.
    private readonly Dictionary<IdempotencyClaim, AcceptedMessage?[]> _batches = [];

    public OutboxRows Rows => new(
        _messages, _payloads, _deliveries, _lanes.Values,
        [.. _records, .. _batches.Select(batch => Record(batch.Key, PublishedAnswer.BatchStatusCode, PublishedAnswer.Write(batch.Value)))])
    {
        ForgottenKeys = [.. _records.Select(KeyOf).Concat(_batches.Keys.Select(KeyOf)).Where(snapshot.Answered.ContainsKey).Select(Forget)],
    };

    public PublishResult Add(PublishRequest request)
    {
        var id = messageIds[_added++];
        if (Earlier(request) is { } answered)
            return answered;
        if (!snapshot.Applications.TryGetValue(request.Application, out var application))
            return new PublishResult(PublishStatus.ApplicationNotFound);
        if (request.EventId is not null && !_takenEventIds.Add((application, request.EventId)))
            return new PublishResult(PublishStatus.EventIdTaken);

        return Accept(request, application, id);
    }

    private PublishResult? Earlier(PublishRequest request)
    {
        if (request.Idempotency is not { } claim || !_answered.TryGetValue(KeyOf(claim), out var answered))
            return null;
        if (answered.Messages is not { } messages || !answered.RequestHash.AsSpan().SequenceEqual(claim.RequestHash))
            return new PublishResult(PublishStatus.IdempotencyConflict);

        return messages[request.Batch.Index] is { } message
            ? new PublishResult(PublishStatus.Accepted, message.Id, message.CreatedAt)
            : RefuseAgain(request);
    }

    // What was refused when its batch came first stays so, also where it could be accepted by now.
    private PublishResult RefuseAgain(PublishRequest request) =>
        request.EventId is { } eventId && snapshot.Applications.TryGetValue(request.Application, out var application)
            && _takenEventIds.Contains((application, eventId))
            ? new PublishResult(PublishStatus.EventIdTaken)
            : new PublishResult(PublishStatus.RefusedBefore);

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
        };
        _messages.Add(message);
        _payloads.Add(new MessagePayloadRow(message.Id, request.Payload, now + request.PayloadRetention, request.RawPayload));

        AddDeliveries(message, request.Payload);
        Remember(request, message);
        return new PublishResult(PublishStatus.Accepted, message.Id, now);
    }

    private void AddDeliveries(Message message, ReadOnlyMemory<byte> body)
    {
        using var payload = new FilteredPayload(body);
        foreach (var subscription in snapshot.Subscriptions[message.ApplicationId])
        {
            if (!subscription.Matches(message.EventType, message.Channels))
                continue;

            var passes = subscription.Filter is not { } filter || payload.Matches(filters.Get(filter));
            _deliveries.Add(passes ? Deliver(message, subscription) : FilterOut(message, subscription));
        }
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

    // In the books, so that for each endpoint it can be said what became of a message. It takes no place in the lane and wakes nobody.
    private Delivery FilterOut(Message message, Subscription subscription) => new()
    {
        Id = ids.New<DeliveryId>(),
        MessageId = message.Id,
        EndpointId = subscription.EndpointId,
        ReplayNumber = 0,
        TriggerType = AttemptTrigger.Scheduled,
        Sequence = 0,
        State = DeliveryState.Filtered,
        DueAt = now,
        CreatedAt = now,
        FinishedAt = now,
    };

    private void Remember(PublishRequest request, Message message)
    {
        if (request.Idempotency is not { } claim)
            return;

        var accepted = new AcceptedMessage(message.Id, now);
        if (request.Batch.Count is { } count)
        {
            if (!_batches.TryGetValue(claim, out var messages))
                _batches[claim] = messages = new AcceptedMessage?[count];
            messages[request.Batch.Index] = accepted;
            return;
        }

        _answered[KeyOf(claim)] = new AnsweredPublish(claim.RequestHash, [accepted], now + idempotencyPeriod);
        _records.Add(Record(claim, PublishedAnswer.StatusCode, PublishedAnswer.Write([accepted])));
    }

    private IdempotencyRecord Record(IdempotencyClaim claim, int statusCode, byte[] answer) => new()
    {
        ApiKeyId = claim.ApiKeyId,
        IdempotencyKey = claim.Key,
        RequestHash = claim.RequestHash,
        StatusCode = statusCode,
        Answer = answer,
        ExpiresAt = now + idempotencyPeriod,
    };

    private ForgottenKey Forget((ApiKeyId Caller, string Key) key) => new(key.Caller, key.Key, snapshot.Answered[key].ExpiresAt);

    private static (ApiKeyId, string) KeyOf(IdempotencyClaim claim) => (claim.ApiKeyId, claim.Key);

    private static (ApiKeyId, string) KeyOf(IdempotencyRecord record) => (record.ApiKeyId, record.IdempotencyKey);
}

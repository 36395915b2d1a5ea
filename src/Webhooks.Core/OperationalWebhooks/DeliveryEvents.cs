using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>
/// Which events the record of a delivery means. Pure: everything it depends on is passed in. Whether anybody listens, and whether the
/// record is written at all, is known in its transaction only.
/// </summary>
internal static class DeliveryEvents
{
    /// <summary>With that many failed attempts a delivery is told to be failing.</summary>
    public const int FailingFrom = 4;

    /// <returns>Almost always none, which costs nothing.</returns>
    public static IReadOnlyList<OperationalEvent> Of(ClaimedDelivery delivery, DeliveryRecord record, IdGenerator ids, DateTimeOffset now)
    {
        var told = OfDelivery(delivery.Failures, record);
        if (told is null && !record.Lane.Gone)
            return [];

        var events = new List<OperationalEvent>(2);
        if (record.Lane.Gone)
            events.Add(Event(OperationalEventType.EndpointDisabled));
        if (told is { } type)
            events.Add(Event(type));
        return events;

        OperationalEvent Event(OperationalEventType type) => new()
        {
            Id = ids.New<OperationalEventId>(),
            Type = type,
            EndpointId = record.EndpointId,
            MessageId = type == OperationalEventType.EndpointDisabled ? null : delivery.Request.MessageId,
            AttemptId = record.Attempt?.Id,
            CreatedAt = now,
        };
    }

    // One at most: the fourth failure that is also the last one tells of the end, which says more. What is held has come to its end, too,
    // until a person acts: nobody would learn of it otherwise.
    private static OperationalEventType? OfDelivery(int failuresBefore, DeliveryRecord record) => record.State switch
    {
        DeliveryState.Dead or DeliveryState.Held => OperationalEventType.AttemptExhausted,
        DeliveryState.Delivered when failuresBefore >= FailingFrom => OperationalEventType.AttemptRecovered,
        _ when failuresBefore < FailingFrom && record.Failures >= FailingFrom => OperationalEventType.AttemptFailing,
        _ => null,
    };
}

using System.Diagnostics;

namespace Webhooks.Core.Deliveries;

/// <summary>Says in the wire's words where a delivery is.</summary>
internal static class DeliveryStatus
{
    /// <param name="isTried">Whether an attempt was begun.</param>
    public static MessageStatus Of(DeliveryState state, bool isTried) => state switch
    {
        DeliveryState.Waiting => isTried ? MessageStatus.Sending : MessageStatus.Pending,
        DeliveryState.Sending => MessageStatus.Sending,
        DeliveryState.Held => MessageStatus.Pending,
        DeliveryState.Delivered => MessageStatus.Success,
        DeliveryState.Dead => MessageStatus.Fail,
        DeliveryState.Canceled => MessageStatus.Canceled,
        DeliveryState.Filtered => MessageStatus.Canceled,
        DeliveryState.Queued => MessageStatus.Pending,
        _ => throw new UnreachableException(),
    };

    /// <summary>The deliveries that have a status.</summary>
    public static IQueryable<Delivery> Where(this IQueryable<Delivery> deliveries, MessageStatus status) => status switch
    {
        MessageStatus.Pending => deliveries.Where(d =>
            d.State == DeliveryState.Held || d.State == DeliveryState.Queued || (d.State == DeliveryState.Waiting && d.Attempts == 0)),
        MessageStatus.Sending => deliveries.Where(d =>
            d.State == DeliveryState.Sending || (d.State == DeliveryState.Waiting && d.Attempts > 0)),
        MessageStatus.Success => deliveries.Where(d => d.State == DeliveryState.Delivered),
        MessageStatus.Fail => deliveries.Where(d => d.State == DeliveryState.Dead),
        MessageStatus.Canceled => deliveries.Where(d =>
            d.State == DeliveryState.Canceled || d.State == DeliveryState.Filtered),
        _ => throw new UnreachableException(),
    };
}

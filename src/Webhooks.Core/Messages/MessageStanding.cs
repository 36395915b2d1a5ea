using System.Diagnostics;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Messages;

/// <summary>How a message stands at an endpoint, as an operator asks for it.</summary>
internal enum MessageStanding
{
    /// <summary>An attempt failed, and none was delivered since: retried, held or dead.</summary>
    Failing,

    /// <summary>On its way: not tried yet, being sent, or to be retried.</summary>
    OnItsWay,

    Delivered,
    Held,

    /// <summary>A dead letter.</summary>
    Dead,

    /// <summary>Not sent: canceled, or kept back by the endpoint's filter.</summary>
    NotSent,
}

internal static class MessageStandingQueries
{
    /// <summary>The deliveries that stand so.</summary>
    public static IQueryable<Delivery> Where(this IQueryable<Delivery> deliveries, MessageStanding standing) => standing switch
    {
        MessageStanding.Failing => deliveries.Where(d =>
            d.State != DeliveryState.Delivered && d.State != DeliveryState.Canceled
            && d.Attempts > 0 && d.LastOutcome != null && d.LastOutcome != AttemptOutcome.Delivered),
        MessageStanding.OnItsWay => deliveries.Where(d =>
            d.State == DeliveryState.Waiting || d.State == DeliveryState.Sending || d.State == DeliveryState.Queued),
        MessageStanding.Delivered => deliveries.Where(d => d.State == DeliveryState.Delivered),
        MessageStanding.Held => deliveries.Where(d => d.State == DeliveryState.Held),
        MessageStanding.Dead => deliveries.Where(d => d.State == DeliveryState.Dead),
        MessageStanding.NotSent => deliveries.Where(d => d.State == DeliveryState.Canceled || d.State == DeliveryState.Filtered),
        _ => throw new UnreachableException(),
    };
}

using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>What became of a delivery after an attempt whose outcome is unknown.</summary>
internal enum UnknownOutcomeFollowUp
{
    /// <summary>It waits, or is being sent again.</summary>
    OnItsWay = 1,

    /// <summary>It was sent again, and answered 2xx: the subscriber may have it twice.</summary>
    Delivered,

    /// <summary>The subscriber's receipt said that it has it; nothing more was sent.</summary>
    Receipt,

    /// <summary>A person said that it arrived.</summary>
    Arrived,

    /// <summary>A person had its message sent again, by a new delivery: the subscriber may have it twice.</summary>
    Replayed,

    /// <summary>A person decided that it is not sent any more.</summary>
    Discarded,

    /// <summary>It is held until a person decides.</summary>
    Held,

    /// <summary>It is a dead letter that nobody has decided about.</summary>
    Dead,

    /// <summary>Its endpoint or application was deleted.</summary>
    Canceled,
}

/// <summary>How deliveries' rows say what followed. Pure.</summary>
internal static class UnknownOutcomeFollowUps
{
    public static readonly (string Word, UnknownOutcomeFollowUp Value)[] Words =
    [
        ("onItsWay", UnknownOutcomeFollowUp.OnItsWay), ("delivered", UnknownOutcomeFollowUp.Delivered),
        ("receipt", UnknownOutcomeFollowUp.Receipt), ("arrived", UnknownOutcomeFollowUp.Arrived),
        ("replayed", UnknownOutcomeFollowUp.Replayed), ("discarded", UnknownOutcomeFollowUp.Discarded),
        ("held", UnknownOutcomeFollowUp.Held), ("dead", UnknownOutcomeFollowUp.Dead), ("canceled", UnknownOutcomeFollowUp.Canceled),
    ];

    /// <param name="decision">What became of its dead letter; null where it has none.</param>
    public static UnknownOutcomeFollowUp Of(DeliveryState state, AttemptOutcome? lastOutcome, DeadLetterState? decision) => state switch
    {
        DeliveryState.Delivered when lastOutcome == AttemptOutcome.Delivered => UnknownOutcomeFollowUp.Delivered,
        DeliveryState.Delivered when decision == DeadLetterState.Arrived => UnknownOutcomeFollowUp.Arrived,
        DeliveryState.Delivered => UnknownOutcomeFollowUp.Receipt,
        DeliveryState.Held => UnknownOutcomeFollowUp.Held,
        DeliveryState.Dead or DeliveryState.Canceled when decision == DeadLetterState.Replayed => UnknownOutcomeFollowUp.Replayed,
        DeliveryState.Dead or DeliveryState.Canceled when decision == DeadLetterState.Discarded => UnknownOutcomeFollowUp.Discarded,
        DeliveryState.Dead => UnknownOutcomeFollowUp.Dead,
        DeliveryState.Canceled => UnknownOutcomeFollowUp.Canceled,
        _ => UnknownOutcomeFollowUp.OnItsWay,
    };

    /// <summary>The same for the database.</summary>
    public static IQueryable<UnknownOutcome> Where(
        this IQueryable<UnknownOutcome> outcomes, UnknownOutcomeFollowUp followUp) => followUp switch
    {
        UnknownOutcomeFollowUp.Delivered => outcomes.Where(o =>
            o.Delivery.State == DeliveryState.Delivered && o.Delivery.LastOutcome == AttemptOutcome.Delivered),
        UnknownOutcomeFollowUp.Arrived => outcomes.Where(o =>
            o.Delivery.State == DeliveryState.Delivered && o.Letter!.State == DeadLetterState.Arrived),
        UnknownOutcomeFollowUp.Receipt => outcomes.Where(o =>
            o.Delivery.State == DeliveryState.Delivered && o.Delivery.LastOutcome != AttemptOutcome.Delivered
            && (o.Letter == null || o.Letter.State != DeadLetterState.Arrived)),
        UnknownOutcomeFollowUp.Held => outcomes.Where(o => o.Delivery.State == DeliveryState.Held),
        UnknownOutcomeFollowUp.Replayed => outcomes.Where(o => o.Letter!.State == DeadLetterState.Replayed),
        UnknownOutcomeFollowUp.Discarded => outcomes.Where(o => o.Letter!.State == DeadLetterState.Discarded),
        UnknownOutcomeFollowUp.Dead => outcomes.Where(o =>
            o.Delivery.State == DeliveryState.Dead
            && (o.Letter == null || (o.Letter.State != DeadLetterState.Replayed && o.Letter.State != DeadLetterState.Discarded))),
        UnknownOutcomeFollowUp.Canceled => outcomes.Where(o =>
            o.Delivery.State == DeliveryState.Canceled
            && (o.Letter == null || (o.Letter.State != DeadLetterState.Replayed && o.Letter.State != DeadLetterState.Discarded))),
        _ => outcomes.Where(o =>
            o.Delivery.State == DeliveryState.Waiting || o.Delivery.State == DeliveryState.Sending
            || o.Delivery.State == DeliveryState.Queued),
    };
}

namespace Webhooks.Core.Deliveries;

/// <summary>Where a delivery is. Every delivery is in exactly one state; the ledger adds them up.</summary>
internal enum DeliveryState
{
    /// <summary>On its way: due, or with a due time to come.</summary>
    Waiting = 0,

    /// <summary>On its way: leased by a worker.</summary>
    Sending = 1,

    /// <summary>Waits for a human; <see cref="HoldReason"/> says why.</summary>
    Held = 2,

    /// <summary>
    /// The endpoint answered 2xx; or, after an unknown outcome, a person or the subscriber's receipt said that it has it, and then the last
    /// outcome is not Delivered.
    /// </summary>
    Delivered = 3,

    /// <summary>A dead letter: not retried by itself any more.</summary>
    Dead = 4,

    /// <summary>
    /// Its endpoint or application was deleted by its owner; or it was held, and a person sent its message again instead or discarded it.
    /// </summary>
    Canceled = 5,

    /// <summary>Not sent: its endpoint's content filter does not let the message through. In the books, so that nothing is missing.</summary>
    Filtered = 6,

    /// <summary>On its way: waits for the delivery before it with the same ordering key.</summary>
    Queued = 7,
}

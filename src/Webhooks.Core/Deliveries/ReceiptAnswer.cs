namespace Webhooks.Core.Deliveries;

/// <summary>What an endpoint's receipt URL says of a message whose last outcome there is unknown.</summary>
internal enum ReceiptAnswer
{
    /// <summary>The subscriber has it: nothing is sent, and the delivery is delivered by its word.</summary>
    Processed = 1,

    /// <summary>404: the subscriber does not have it.</summary>
    NotProcessed = 2,

    /// <summary>Nothing that could be relied on: it is sent, as if nobody had been asked.</summary>
    NoAnswer = 3,
}

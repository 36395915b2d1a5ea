using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;

namespace Webhooks.Core.DeadLetters;

/// <summary>
/// A delivery that will not be retried by itself any more, or is held until a person decides: what that person has to know, and what was
/// decided. Written in the transaction that records the last attempt; named by its delivery.
/// </summary>
internal sealed class DeadLetter
{
    public required DeliveryId DeliveryId { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public required EndpointId EndpointId { get; init; }
    public required MessageId MessageId { get; init; }
    public required string EventType { get; init; }

    /// <summary>Why the delivery is dead; null where it is held.</summary>
    public DeadLetterReason? DeadReason { get; init; }

    /// <summary>Why the delivery is held; null where it is dead.</summary>
    public HoldReason? HoldReason { get; init; }

    public required DeadLetterState State { get; set; }

    /// <summary>When the delivery came to its end, or was held.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The incident that puts it in front of people; null in the moment until it is sorted into one.</summary>
    public IncidentId? IncidentId { get; set; }

    /// <summary>Who acknowledged, replayed or discarded it, or said that it arrived; null while nobody did.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was discarded, or how it is known that it arrived, in that person's words; null for none.</summary>
    public string? Note { get; set; }

    /// <summary>The delivery that sends the message again; null unless replayed.</summary>
    public DeliveryId? ReplayDeliveryId { get; set; }
}

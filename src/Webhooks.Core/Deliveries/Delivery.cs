using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>One message on its way to one endpoint: a row of the outbox. Written with the message, moved by claim and record.</summary>
internal sealed class Delivery
{
    public required DeliveryId Id { get; init; }
    public required MessageId MessageId { get; init; }
    public required EndpointId EndpointId { get; init; }

    /// <summary>0 for the delivery that the message made; each manual resend is a new row with the next number.</summary>
    public required int ReplayNumber { get; init; }

    public required AttemptTrigger TriggerType { get; init; }

    /// <summary>The place in the endpoint's lane, from 1, rising; 0 for what its filter did not let through, which is in no lane.</summary>
    public required long Sequence { get; init; }

    /// <summary>
    /// Deliveries of one endpoint with the same key go out one after the other; null where the endpoint asks for no order, and for resends.
    /// </summary>
    public string? OrderingKey { get; init; }

    public required DeliveryState State { get; set; }

    /// <summary>When it may be claimed; meaningful while waiting.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>The number of the last attempt that was claimed; 0 before the first.</summary>
    public int Attempts { get; set; }

    /// <summary>How many attempts count against the schedule; faults of our own do not.</summary>
    public int Failures { get; set; }

    /// <summary>How many attempts were lost by faults of our own; bounded, so that a delivery that kills its worker ends at a person.</summary>
    public int OwnFaults { get; set; }

    /// <summary>
    /// What the last request showed; before a resend's first one, that of the delivery it repeats. Sent as webhook-prior-outcome. What is
    /// delivered without having been answered, by a person's word or a receipt, keeps what it was before.
    /// </summary>
    public AttemptOutcome? LastOutcome { get; set; }

    /// <summary>Names the claim that holds it; every write after the claim must match. Null unless sending.</summary>
    public byte[]? LeaseToken { get; set; }

    /// <summary>When the claim runs out. Null unless sending.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>The node that holds it. Null unless sending.</summary>
    public string? LeasedBy { get; set; }

    public DeadLetterReason? DeadReason { get; set; }

    /// <summary>Null unless held.</summary>
    public HoldReason? HoldReason { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it reached its last state: delivered, dead, canceled or filtered.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}

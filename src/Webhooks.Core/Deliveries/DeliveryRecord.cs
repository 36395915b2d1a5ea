using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Deliveries;

/// <summary>What one leased delivery becomes: its new state, its attempt row, and what the lane learns from it.</summary>
internal sealed record DeliveryRecord
{
    public required DeliveryId DeliveryId { get; init; }
    public required EndpointId EndpointId { get; init; }

    /// <summary>The claim this record belongs to; it is written only while the delivery still carries it.</summary>
    public required byte[] LeaseToken { get; init; }

    /// <summary>How long it is worth trying to write: after that somebody else may close the attempt.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>When it is due again; meaningful when it waits.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required int Attempts { get; init; }
    public required int Failures { get; init; }
    public required int OwnFaults { get; init; }
    public required AttemptOutcome? LastOutcome { get; init; }
    public DeadLetterReason? DeadReason { get; init; }

    /// <summary>Null unless held.</summary>
    public HoldReason? HoldReason { get; init; }

    /// <summary>Whether a person has to decide about it from now on.</summary>
    public bool IsForPerson => State is DeliveryState.Dead or DeliveryState.Held;

    /// <summary>With a key, one that does not wait again lets the next of its key go; null where there is no order.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>The row to append; null when nothing was tried.</summary>
    public required Attempt? Attempt { get; init; }

    public required LaneEffect Lane { get; init; }

    /// <summary>
    /// What operational webhooks are told if this record is written; of the endpoint's being disabled only if it was not before.
    /// </summary>
    public IReadOnlyList<OperationalEvent> Events { get; init; } = [];

    /// <summary>The message's trace context, for the span of the record; not written.</summary>
    public string? TraceParent { get; init; }
}

using System.Linq.Expressions;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;

namespace Webhooks.Core.DeadLetters;

/// <summary>A delivery that is in front of people: dead, or held until one decides.</summary>
internal record DeadLetterOut
{
    /// <summary>The id of its delivery.</summary>
    public required DeliveryId Id { get; init; }

    /// <summary>Whose endpoint it was for.</summary>
    public required ApplicationId ApplicationId { get; init; }

    /// <summary>The endpoint that did not get it.</summary>
    public required EndpointId EndpointId { get; init; }

    /// <summary>The message that was not delivered.</summary>
    public required MessageId MsgId { get; init; }

    /// <summary>The message's event type.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>
    /// Why: <c>rejected</c> (the subscriber answered, and refused), <c>notSent</c> (it could not be reached), <c>unknown</c> (it may have
    /// it), <c>ours</c> (a fault of the service), <c>payloadGone</c> (nothing was left to send); or, where it is held,
    /// <c>heldUnknown</c> (it may have it) and <c>parked</c> (its ordering key went on without it).
    /// </summary>
    /// <example>rejected</example>
    public required DeadLetterCause Reason { get; init; }

    /// <summary>What people did about it: open, acknowledged, replayed, discarded or arrived.</summary>
    /// <example>open</example>
    public required DeadLetterState State { get; init; }

    /// <summary>When the delivery came to its end, or was held.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The incident that tells people of it; null in the moment until it has one.</summary>
    public required IncidentId? IncidentId { get; init; }

    /// <summary>
    /// Who acknowledged, replayed or discarded it, or said that it arrived; <c>service</c> where its endpoint was deleted; null while
    /// nobody did.
    /// </summary>
    /// <example>null</example>
    public required string? DecidedBy { get; init; }

    /// <summary>When that was.</summary>
    /// <example>null</example>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was discarded, or how it is known that it arrived; null for none.</summary>
    /// <example>null</example>
    public required string? Note { get; init; }

    /// <summary>The delivery that sends the message again; null unless replayed.</summary>
    public required DeliveryId? ReplayDeliveryId { get; init; }

    public static readonly Expression<Func<DeadLetter, DeadLetterOut>> Projection = l => new DeadLetterOut
    {
        Id = l.DeliveryId,
        ApplicationId = l.ApplicationId,
        EndpointId = l.EndpointId,
        MsgId = l.MessageId,
        EventType = l.EventType,
        Reason = DeadLetterWords.CauseOf(l.DeadReason, l.HoldReason),
        State = l.State,
        CreatedAt = l.CreatedAt,
        IncidentId = l.IncidentId,
        DecidedBy = l.DecidedBy,
        DecidedAt = l.DecidedAt,
        Note = l.Note,
        ReplayDeliveryId = l.ReplayDeliveryId,
    };
}

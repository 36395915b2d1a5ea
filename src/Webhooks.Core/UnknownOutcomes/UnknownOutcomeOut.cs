using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>A delivery of which it was once unknown whether it arrived, and what followed.</summary>
internal sealed record UnknownOutcomeOut
{
    /// <summary>The attempt whose outcome is unknown: of several of a delivery the last.</summary>
    public required AttemptId Id { get; init; }

    /// <summary>Its delivery; also the id of its dead letter, where it has one.</summary>
    public required DeliveryId DeliveryId { get; init; }

    /// <summary>Whose endpoint it is.</summary>
    public required ApplicationId ApplicationId { get; init; }

    /// <summary>The endpoint that it was sent to.</summary>
    public required EndpointId EndpointId { get; init; }

    /// <summary>The message that was sent.</summary>
    public required MessageId MsgId { get; init; }

    /// <summary>The publisher's own id of the message; null for none.</summary>
    /// <example>evt-2026-000124</example>
    public required string? EventId { get; init; }

    /// <summary>The message's event type.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>When the attempt was started.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>1 for the delivery's first attempt, rising.</summary>
    /// <example>1</example>
    public required int Number { get; init; }

    /// <summary>A stable word for what went wrong.</summary>
    /// <example>timeout</example>
    public required string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    /// <example>The request was sent, and no complete answer came within 15 seconds.</example>
    public required string? ErrorText { get; init; }

    /// <summary>How many attempts of the delivery ended so.</summary>
    /// <example>1</example>
    public required int UnknownAttempts { get; init; }

    /// <summary>
    /// What followed: <c>onItsWay</c> (it waits, or is being sent again), <c>delivered</c> (sent again, and answered 2xx), <c>receipt</c>
    /// (the subscriber's receipt said that it has it), <c>arrived</c> (a person said so), <c>replayed</c> (a person had it sent again),
    /// <c>discarded</c> (a person let go of it), <c>held</c> or <c>dead</c> (it waits for a person), <c>canceled</c> (its endpoint was
    /// deleted).
    /// </summary>
    /// <example>delivered</example>
    public required UnknownOutcomeFollowUp FollowedBy { get; init; }

    /// <summary>Whether the subscriber may have got it more than once: more than one request may have got through.</summary>
    /// <example>true</example>
    public bool MayBeDuplicate =>
        UnknownAttempts > 1 || FollowedBy is UnknownOutcomeFollowUp.Delivered or UnknownOutcomeFollowUp.Replayed;

    /// <summary>Where the delivery is now.</summary>
    /// <example>delivered</example>
    public required DeliveryState State { get; init; }

    /// <summary>When its next attempt is due; null when none is.</summary>
    /// <example>null</example>
    public required DateTimeOffset? NextAttempt { get; init; }

    /// <summary>When the delivery came to its end; null while it has not.</summary>
    /// <example>2026-01-31T12:00:20.000000Z</example>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Who decided about it, or acknowledged it; null while nobody did.</summary>
    /// <example>null</example>
    public required string? DecidedBy { get; init; }

    /// <summary>When that was.</summary>
    /// <example>null</example>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why, in that person's words; null for none.</summary>
    /// <example>null</example>
    public required string? Note { get; init; }

    /// <summary>The delivery that sends the message again; null unless replayed.</summary>
    public required DeliveryId? ReplayDeliveryId { get; init; }
}

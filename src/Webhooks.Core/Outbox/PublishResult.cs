using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>What became of a <see cref="PublishRequest"/>.</summary>
/// <param name="MessageId">Set when accepted, now or by an earlier request with the same idempotency key.</param>
internal readonly record struct PublishResult(PublishStatus Status, MessageId MessageId = default, DateTimeOffset CreatedAt = default);

internal enum PublishStatus
{
    /// <summary>Committed: message, payload, deliveries and lanes.</summary>
    Accepted,

    /// <summary>No application has that id or uid.</summary>
    ApplicationNotFound,

    /// <summary>The application has a message with that eventId.</summary>
    EventIdTaken,

    /// <summary>The idempotency key was used for another request.</summary>
    IdempotencyConflict,

    /// <summary>It was refused when its batch came first under the same idempotency key.</summary>
    RefusedBefore,

    /// <summary>The queue is full; nothing was written.</summary>
    QueueFull,
}

using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.DeadLetters;

/// <summary>A dead letter with what a person needs to decide about it.</summary>
internal sealed record DeadLetterDetailOut : DeadLetterOut
{
    [SetsRequiredMembers]
    public DeadLetterDetailOut(DeadLetterOut letter) : base(letter)
    {
    }

    /// <summary>The publisher's own id of the message; null for none.</summary>
    /// <example>evt-2026-000124</example>
    public string? EventId { get; init; }

    /// <summary>
    /// Where the delivery is: dead, held, canceled where a person replayed or discarded a held one, or delivered where a person said that
    /// it arrived.
    /// </summary>
    /// <example>dead</example>
    public DeliveryState DeliveryState { get; init; }

    /// <summary>Whether the message's payload is still there; without it nothing can be sent again.</summary>
    /// <example>true</example>
    public bool PayloadAvailable { get; init; }

    /// <summary>
    /// Whether the endpoint may have the message already, or may be getting it just now: an attempt there was answered 2xx or its outcome
    /// is unknown, or another delivery of it is on its way. Ask the subscriber before replaying it where it does not deduplicate.
    /// </summary>
    /// <example>false</example>
    public bool MayBeDuplicate { get; init; }

    /// <summary>The delivery's last attempt; null when none was made.</summary>
    public DeadLetterAttemptOut? LastAttempt { get; init; }
}

/// <summary>What the last attempt showed.</summary>
internal sealed record DeadLetterAttemptOut
{
    /// <summary>Its id; its answer is shown by <c>v1.message-attempt.get</c>.</summary>
    public required AttemptId Id { get; init; }

    /// <summary>When it was started.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>1 for the delivery's first attempt, rising.</summary>
    /// <example>10</example>
    public required int Number { get; init; }

    /// <summary>rejected, notSent or unknown.</summary>
    /// <example>rejected</example>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The answer's status; 0 when none began.</summary>
    /// <example>503</example>
    public required int ResponseStatusCode { get; init; }

    /// <summary>A stable word for what went wrong.</summary>
    /// <example>http_status</example>
    public required string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    /// <example>The endpoint answered 503.</example>
    public required string? ErrorText { get; init; }
}

using Webhooks.Core.Http.Json;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>A message that goes to an endpoint, and how that stands.</summary>
internal sealed record EndpointMessageOut
{
    /// <summary>The message's id.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>evt-2026-000123</example>
    public required string? EventId { get; init; }

    /// <summary>What kind of event it is.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>The payload; <c>{}</c> with <c>with_content=false</c>; <c>{"expired":true}</c> once it is gone.</summary>
    /// <example>{"invoiceId": "in_4711", "amount": 1999, "currency": "EUR"}</example>
    public required RawJson Payload { get; init; }

    /// <summary>Its channels; null for none.</summary>
    /// <example>null</example>
    public required List<string>? Channels { get; init; }

    /// <summary>When it was accepted.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>0 success, 1 pending (not yet tried, or held), 2 fail, 3 sending (being tried, or between two tries), 4 canceled.</summary>
    /// <example>3</example>
    public required int Status { get; init; }

    /// <summary>The same as a word.</summary>
    /// <example>sending</example>
    public required MessageStatus StatusText { get; init; }

    /// <summary>
    /// Where the newest delivery is: <c>waiting</c>, <c>queued</c> (behind others of its ordering key), <c>sending</c>, <c>held</c>,
    /// <c>delivered</c>, <c>dead</c>, <c>canceled</c> or <c>filtered</c> (the endpoint's content filter did not let it through).
    /// </summary>
    /// <example>waiting</example>
    public required DeliveryState State { get; init; }

    /// <summary>When the next attempt is due; null when none is.</summary>
    /// <example>2026-01-31T12:00:05.000000Z</example>
    public required DateTimeOffset? NextAttempt { get; init; }
}

using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Deliveries;

/// <summary>An endpoint that a message goes to, and how that stands.</summary>
internal sealed record MessageEndpointOut
{
    /// <summary>The endpoint's id.</summary>
    public required EndpointId Id { get; init; }

    /// <summary>Your own id for it; null for none, and once it was deleted.</summary>
    /// <example>orders</example>
    public required string? Uid { get; init; }

    /// <summary>Where deliveries are posted to.</summary>
    /// <example>https://example.com/webhooks</example>
    public required string Url { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>Order system</example>
    public required string Description { get; init; }

    /// <summary>The event types it wants; null for all.</summary>
    /// <example>["invoice.paid"]</example>
    public required List<string>? EventTypes { get; init; }

    /// <summary>The same under its older name.</summary>
    /// <example>["invoice.paid"]</example>
    public List<string>? FilterTypes => EventTypes;

    /// <summary>The channels it listens to; null for all.</summary>
    /// <example>null</example>
    public required List<string>? Channels { get; init; }

    /// <summary>Whether deliveries are held instead of sent.</summary>
    /// <example>false</example>
    public required bool Disabled { get; init; }

    /// <summary>Messages per second; null for no limit.</summary>
    /// <example>10</example>
    public required int? ThrottleRate { get; init; }

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

    /// <summary>When the endpoint was created.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the endpoint was last changed.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }
}

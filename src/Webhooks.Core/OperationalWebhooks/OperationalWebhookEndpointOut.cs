using System.Linq.Expressions;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>An operational webhook: an endpoint that the service itself sends to.</summary>
internal sealed record OperationalWebhookEndpointOut
{
    /// <summary>Its id.</summary>
    public required EndpointId Id { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>on-call</example>
    public required string? Uid { get; init; }

    /// <summary>Where events are posted to.</summary>
    /// <example>https://example.com/webhooks/operations</example>
    public required string Url { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>On-call</example>
    public required string Description { get; init; }

    /// <summary>The events it wants; null for all.</summary>
    /// <example>["endpoint.disabled", "message.attempt.exhausted"]</example>
    public required List<string>? EventTypes { get; init; }

    /// <summary>Whether events are held instead of sent.</summary>
    /// <example>false</example>
    public required bool Disabled { get; init; }

    /// <summary>Why the service disabled it: <c>gone</c> (it answered 410); null when its owner did, or when it is enabled.</summary>
    /// <example>null</example>
    public required EndpointDisabledReason? DisabledReason { get; init; }

    /// <summary>Messages per second; null for no limit.</summary>
    /// <example>10</example>
    public required int? ThrottleRate { get; init; }

    /// <summary>Your own notes.</summary>
    /// <example>{"team": "operations"}</example>
    public required Dictionary<string, string> Metadata { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    // Neither its secrets nor its headers are read for it.
    public static readonly Expression<Func<Endpoint, OperationalWebhookEndpointOut>> Projection = e => new OperationalWebhookEndpointOut
    {
        Id = e.Id,
        Uid = e.Uid,
        Url = e.Url,
        Description = e.Description,
        EventTypes = e.EventTypes,
        Disabled = e.Disabled,
        DisabledReason = e.DisabledReason,
        ThrottleRate = e.ThrottleRate,
        Metadata = e.Metadata,
        CreatedAt = e.CreatedAt,
        UpdatedAt = e.UpdatedAt,
    };

    private static readonly Func<Endpoint, OperationalWebhookEndpointOut> Project = Projection.Compile();

    public static OperationalWebhookEndpointOut Of(Endpoint endpoint) => Project(endpoint);
}

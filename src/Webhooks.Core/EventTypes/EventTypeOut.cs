using System.Text;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.EventTypes;

/// <summary>An event type.</summary>
internal sealed record EventTypeOut
{
    /// <summary>The name that messages carry.</summary>
    /// <example>invoice.paid</example>
    public required string Name { get; init; }

    /// <summary>What it means.</summary>
    /// <example>An invoice was paid in full.</example>
    public required string Description { get; init; }

    /// <summary>Whether it is hidden from lists.</summary>
    /// <example>false</example>
    public required bool Archived { get; init; }

    /// <summary>Whether subscribers are told to move away from it.</summary>
    /// <example>false</example>
    public required bool Deprecated { get; init; }

    /// <summary>Only portals whose token carries this flag show it; null for all.</summary>
    /// <example>null</example>
    public required string? FeatureFlag { get; init; }

    /// <summary>The same under its newer name.</summary>
    /// <example>null</example>
    public IReadOnlyList<string>? FeatureFlags => FeatureFlag is null ? null : [FeatureFlag];

    /// <summary>JSON Schemas of the payload by version; null for none, and in lists without <c>with_content=true</c>.</summary>
    /// <example>{"1": {"type": "object", "properties": {"invoiceId": {"type": "string"}}, "required": ["invoiceId"]}}</example>
    public required RawJson? Schemas { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static EventTypeOut Of(EventType type) => Of(type, type.Schemas);

    /// <param name="schemas">What is shown of them.</param>
    public static EventTypeOut Of(EventType type, string? schemas) => new()
    {
        Name = type.Name,
        Description = type.Description,
        Archived = type.Archived,
        Deprecated = type.Deprecated,
        FeatureFlag = type.FeatureFlag,
        Schemas = schemas is null ? null : new RawJson(Encoding.UTF8.GetBytes(schemas)),
        CreatedAt = type.CreatedAt,
        UpdatedAt = type.UpdatedAt,
    };
}

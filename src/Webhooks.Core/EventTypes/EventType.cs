namespace Webhooks.Core.EventTypes;

/// <summary>The name of a kind of event, with optional JSON Schemas by version.</summary>
internal sealed class EventType
{
    public required string Name { get; init; }
    public required string Description { get; set; }

    /// <summary>A JSON object of version → JSON Schema (draft 7); null for none.</summary>
    public string? Schemas { get; set; }

    public bool Archived { get; set; }
    public bool Deprecated { get; set; }
    public string? FeatureFlag { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

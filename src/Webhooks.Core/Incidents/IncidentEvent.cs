namespace Webhooks.Core.Incidents;

/// <summary>One entry of an incident's timeline. Appended, never changed.</summary>
internal sealed class IncidentEvent
{
    public required IncidentEventId Id { get; init; }
    public required IncidentId IncidentId { get; init; }
    public required IncidentEventType Type { get; init; }

    /// <summary>Who did it; null for the service itself.</summary>
    public string? Actor { get; init; }

    /// <summary>What happened, in a sentence for people, or a person's comment.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

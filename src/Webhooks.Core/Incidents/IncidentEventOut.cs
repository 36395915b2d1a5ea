using System.Linq.Expressions;

namespace Webhooks.Core.Incidents;

/// <summary>An entry of an incident's timeline.</summary>
internal sealed record IncidentEventOut
{
    /// <summary>Its id.</summary>
    public required IncidentEventId Id { get; init; }

    /// <summary>What happened.</summary>
    /// <example>acknowledged</example>
    public required IncidentEventType Type { get; init; }

    /// <summary>Who did it; null for the service itself.</summary>
    /// <example>Ada</example>
    public required string? Actor { get; init; }

    /// <summary>What happened, in a sentence, or a person's comment.</summary>
    /// <example>Ada sees to it.</example>
    public required string Text { get; init; }

    /// <summary>When.</summary>
    /// <example>2026-01-31T12:01:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    public static readonly Expression<Func<IncidentEvent, IncidentEventOut>> Projection = e => new IncidentEventOut
    {
        Id = e.Id,
        Type = e.Type,
        Actor = e.Actor,
        Text = e.Text,
        CreatedAt = e.CreatedAt,
    };
}

using System.Linq.Expressions;
using Webhooks.Core.Channels;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>A problem that people are told about until somebody sees to it.</summary>
internal record IncidentOut
{
    /// <summary>Its id.</summary>
    public required IncidentId Id { get; init; }

    /// <summary>What is wrong: see the page on incidents.</summary>
    /// <example>failing</example>
    public required IncidentKind Kind { get; init; }

    /// <summary><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</summary>
    /// <example>open</example>
    public required IncidentState State { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    /// <example>Nothing has got through to the endpoint since 2026-01-31 11:40:00Z.</example>
    public required string Summary { get; init; }

    /// <summary>The application that it is about; null where it is the service itself.</summary>
    public required ApplicationId? ApplicationId { get; init; }

    /// <summary>The endpoint that it is about; null where it is the service itself.</summary>
    public required EndpointId? EndpointId { get; init; }

    /// <summary>The channel that can't notify; null for all other kinds.</summary>
    public required ChannelId? ChannelId { get; init; }

    /// <summary>When it was opened first.</summary>
    /// <example>2026-01-31T11:55:00.000000Z</example>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last happened, or got worse.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>How often it was opened: more than once when it came back.</summary>
    /// <example>1</example>
    public required int Openings { get; init; }

    /// <summary>Who sees to it; null while nobody does.</summary>
    /// <example>Ada</example>
    public required string? AcknowledgedBy { get; init; }

    /// <summary>Since when somebody does.</summary>
    /// <example>2026-01-31T12:01:00.000000Z</example>
    public required DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Whom it is assigned to; null for nobody.</summary>
    /// <example>Grace</example>
    public required string? Assignee { get; init; }

    /// <summary>Nobody is told before this time; null when not snoozed.</summary>
    /// <example>null</example>
    public required DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Who ended it: a person, or <c>service</c>; null while it is not over.</summary>
    /// <example>null</example>
    public required string? ResolvedBy { get; init; }

    /// <summary>When it ended; null while it is not over.</summary>
    /// <example>null</example>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When the next step of its policy is due; null when nobody is to be told any more.</summary>
    /// <example>2026-01-31T12:10:00.000000Z</example>
    public required DateTimeOffset? EscalatesAt { get; init; }

    /// <summary>Rises with each entry of the timeline.</summary>
    /// <example>2</example>
    public required int Version { get; init; }

    public static readonly Expression<Func<Incident, IncidentOut>> Projection = i => new IncidentOut
    {
        Id = i.Id,
        Kind = i.Kind,
        State = i.State,
        Summary = i.Summary,
        ApplicationId = i.ApplicationId,
        EndpointId = i.EndpointId,
        ChannelId = i.ChannelId,
        OpenedAt = i.OpenedAt,
        OccurredAt = i.OccurredAt,
        Openings = i.Openings,
        AcknowledgedBy = i.AcknowledgedBy,
        AcknowledgedAt = i.AcknowledgedAt,
        Assignee = i.Assignee,
        SnoozedUntil = i.SnoozedUntil,
        ResolvedBy = i.ResolvedBy,
        ResolvedAt = i.ResolvedAt,
        EscalatesAt = i.EscalatesAt,
        Version = i.Version,
    };

    private static readonly Func<Incident, IncidentOut> Shown = Projection.Compile();

    public static IncidentOut Of(Incident incident) => Shown(incident);
}

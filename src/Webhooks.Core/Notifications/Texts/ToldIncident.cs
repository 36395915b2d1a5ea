using Webhooks.Core.Channels;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>What there is to say about an incident, as it was at one time.</summary>
internal sealed record ToldIncident
{
    /// <summary>Where counting ends: more is told as "or more".</summary>
    public const int MaxCounted = 10_000;

    public required IncidentId Id { get; init; }
    public required IncidentKind Kind { get; init; }
    public required IncidentState State { get; init; }
    public required string Summary { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>How often it was opened.</summary>
    public required int Openings { get; init; }

    public string? AcknowledgedBy { get; init; }
    public string? ResolvedBy { get; init; }

    /// <summary>The application it is about; null where it is the service itself.</summary>
    public ApplicationId? ApplicationId { get; init; }
    public string? ApplicationName { get; init; }

    /// <summary>The endpoint it is about; null where it is the service itself.</summary>
    public EndpointId? EndpointId { get; init; }
    public string? EndpointUrl { get; init; }
    public string? EndpointDescription { get; init; }

    /// <summary>Since when nothing gets through to the endpoint; null when something does.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Deliveries that wait for the endpoint, <see cref="MaxCounted"/> at most.</summary>
    public int Waiting { get; init; }

    /// <summary>Dead letters of the incident that nobody has decided about, <see cref="MaxCounted"/> at most.</summary>
    public int DeadLetters { get; init; }

    /// <summary>What the endpoint's last attempt showed; null where there was none.</summary>
    public LastAnswer? LastAnswer { get; init; }

    /// <summary>The channel it is about; null unless a channel can't notify.</summary>
    public ChannelId? ChannelId { get; init; }
    public string? ChannelName { get; init; }
    public string? ChannelError { get; init; }
}

/// <summary>What came back last.</summary>
/// <param name="Status">Null when there was no answer.</param>
internal sealed record LastAnswer(DateTimeOffset At, int? Status, string? Error);

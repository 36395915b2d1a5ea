using Webhooks.Core.Channels;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>A problem put in front of people. Of each endpoint and kind one at most is unresolved: <see cref="Key"/> says which.</summary>
internal sealed class Incident
{
    public required IncidentId Id { get; init; }
    public required IncidentKind Kind { get; init; }

    /// <summary>What it is about, as text; unique among the incidents that are not resolved.</summary>
    public required string Key { get; init; }

    /// <summary>The application it is about; null where it is the service itself.</summary>
    public ApplicationId? ApplicationId { get; init; }

    /// <summary>The endpoint it is about; null where it is the service itself.</summary>
    public EndpointId? EndpointId { get; init; }

    /// <summary>The channel it is about; null unless a channel can't notify.</summary>
    public ChannelId? ChannelId { get; init; }

    public required IncidentState State { get; set; }

    /// <summary>What is wrong, in a sentence for people.</summary>
    public required string Summary { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last happened (again).</summary>
    public required DateTimeOffset OccurredAt { get; set; }

    /// <summary>How often it was opened: 1, and one more for each time that it came back.</summary>
    public int Openings { get; set; } = 1;

    public string? AcknowledgedBy { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>Who sees to it; null for nobody yet.</summary>
    public string? Assignee { get; set; }

    /// <summary>Nobody is told anything before; null when not snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; set; }

    /// <summary>A person, or the service itself.</summary>
    public string? ResolvedBy { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>The place in its escalation policy: the step that is next; counts on over repetitions of the policy.</summary>
    public int NextStep { get; set; }

    /// <summary>When that step is due; null when nobody is to be told any more (acknowledged, resolved, or the policy is at its end).</summary>
    public DateTimeOffset? EscalatesAt { get; set; }

    /// <summary>Rises with each change; a write names the one that it read, so that two can't decide at once.</summary>
    public int Version { get; set; }
}

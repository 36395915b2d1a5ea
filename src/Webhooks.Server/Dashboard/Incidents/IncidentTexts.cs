using Webhooks.Core.Incidents;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Incidents;

/// <summary>What the pages say of incidents.</summary>
internal static class IncidentTexts
{
    public static string Text(this IncidentKind kind) => kind switch
    {
        IncidentKind.Rejected => "Refused by the subscriber",
        IncidentKind.NotSent => "Subscriber not reachable",
        IncidentKind.Unknown => "Unknown outcomes",
        IncidentKind.Ours => "Faults of the service",
        IncidentKind.PayloadGone => "Payload gone",
        IncidentKind.Held => "Held for a person",
        IncidentKind.Failing => "Endpoint failing",
        IncidentKind.Disabled => "Endpoint disabled",
        IncidentKind.Backlog => "Service does not keep up",
        IncidentKind.Ledger => "Books don't balance",
        IncidentKind.Channel => "Channel can't notify",
        _ => kind.ToString(),
    };

    public static Tone Tone(this IncidentState state) => state switch
    {
        IncidentState.Open => Parts.Tone.Bad,
        IncidentState.Acknowledged => Parts.Tone.Warning,
        _ => Parts.Tone.Good,
    };

    /// <summary>The colour of an entry of the timeline.</summary>
    public static string Colour(this IncidentEventType type) => type switch
    {
        IncidentEventType.Opened or IncidentEventType.Reopened or IncidentEventType.NotificationFailed => "var(--mud-palette-error)",
        IncidentEventType.Escalated or IncidentEventType.Updated => "var(--mud-palette-warning)",
        IncidentEventType.Resolved => "var(--mud-palette-success)",
        IncidentEventType.Acknowledged or IncidentEventType.Assigned or IncidentEventType.Commented => "var(--mud-palette-primary)",
        _ => "var(--mud-palette-text-secondary)",
    };
}

using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Notifications.Acknowledgement;

/// <summary>What a link to acknowledge is worth.</summary>
internal enum AcknowledgementState
{
    /// <summary>A press of the button acknowledges.</summary>
    Ready = 1,

    /// <summary>Somebody did, with this link or another way.</summary>
    Acknowledged = 2,

    /// <summary>The incident is over.</summary>
    Resolved = 3,

    /// <summary>The link is too old.</summary>
    Expired = 4,

    /// <summary>The incident was over and came back; another link was sent then.</summary>
    Outdated = 5,

    /// <summary>This service did not make it, or its incident is gone.</summary>
    Invalid = 6,
}

internal static class AcknowledgementStates
{
    /// <summary>Pure.</summary>
    public static AcknowledgementState Of(AcknowledgementLink? link, ToldIncident? incident, DateTimeOffset now) => (link, incident) switch
    {
        (null, _) or (_, null) => AcknowledgementState.Invalid,
        (_, { State: IncidentState.Acknowledged }) => AcknowledgementState.Acknowledged,
        (_, { State: IncidentState.Resolved }) => AcknowledgementState.Resolved,
        _ when link.ExpiresAt <= now => AcknowledgementState.Expired,
        _ when link.Openings != incident.Openings => AcknowledgementState.Outdated,
        _ => AcknowledgementState.Ready,
    };
}

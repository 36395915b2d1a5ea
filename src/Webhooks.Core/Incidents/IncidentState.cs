namespace Webhooks.Core.Incidents;

/// <summary>How far people are with an incident.</summary>
internal enum IncidentState
{
    /// <summary>Escalated until somebody acknowledges it.</summary>
    Open = 0,

    /// <summary>Somebody sees to it.</summary>
    Acknowledged = 1,

    /// <summary>Over; opened again if it comes back.</summary>
    Resolved = 2,
}

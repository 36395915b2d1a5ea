namespace Webhooks.Core.Incidents;

/// <summary>What happened to an incident.</summary>
internal enum IncidentEventType
{
    Opened = 1,

    /// <summary>It came back after it was resolved.</summary>
    Reopened = 2,

    /// <summary>It went on, or got worse: more dead letters, nearer to being disabled.</summary>
    Updated = 3,

    Acknowledged = 4,
    Assigned = 5,
    Snoozed = 6,
    Commented = 7,
    Resolved = 8,

    /// <summary>The next step of its policy was due.</summary>
    Escalated = 9,

    /// <summary>A channel took a notification.</summary>
    Notified = 10,

    /// <summary>A channel could not be told.</summary>
    NotificationFailed = 11,
}

namespace Webhooks.Core.Notifications;

/// <summary>Why people are told.</summary>
internal enum NotificationReason
{
    /// <summary>A step of the policy: nobody has acknowledged the incident yet.</summary>
    Escalated = 1,

    /// <summary>It was acknowledged: whoever was told may rest.</summary>
    Acknowledged = 2,

    /// <summary>It is over.</summary>
    Resolved = 3,

    /// <summary>It got worse.</summary>
    Updated = 4,
}

namespace Webhooks.Core.Notifications;

/// <summary>How far a notification is.</summary>
internal enum NotificationState
{
    Waiting = 0,

    /// <summary>The channel took it.</summary>
    Sent = 1,

    /// <summary>The channel could not be told, and it was given up; the next step of the policy followed at once.</summary>
    Failed = 2,

    /// <summary>There was no need any more when its turn came.</summary>
    Dropped = 3,
}

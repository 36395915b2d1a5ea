using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications;

/// <summary>What becomes of a notification when its turn has come: much may have happened since it was written. Pure.</summary>
/// <param name="Error">Why it is not sent; null when it is.</param>
/// <param name="Until">With <see cref="NotificationNext.Postpone"/>, when its turn comes again.</param>
/// <param name="Hurries">Whether the next step of the policy should follow at once.</param>
internal readonly record struct NotificationDecision(
    NotificationNext Next, string? Error = null, DateTimeOffset Until = default, bool Hurries = false)
{
    /// <param name="channel">Null when it was deleted.</param>
    /// <param name="incident">Null when it is gone.</param>
    public static NotificationDecision Of(Notification notification, Incident? incident, Channel? channel, DateTimeOffset now)
    {
        if (incident is null)
            return new(NotificationNext.Drop, "The incident is gone.");
        if (IsOutdated(notification.Reason, incident.State))
            return new(NotificationNext.Drop, "There was no need any more: the incident had moved on.");
        if (channel is null)
            return Fail(notification, "The channel was deleted.");
        if (channel.Disabled)
            return Fail(notification, "The channel is disabled.");
        if (incident.ChannelId == channel.Id && notification.Reason != NotificationReason.Resolved)
            return new(NotificationNext.Drop, "What is wrong with a channel is not told over it.", Hurries: notification.Hurries);
        if (notification.Reason == NotificationReason.Escalated && incident.SnoozedUntil > now)
            return new(NotificationNext.Postpone, Until: incident.SnoozedUntil.Value);
        return new(NotificationNext.Send);
    }

    private static NotificationDecision Fail(Notification notification, string error) =>
        new(NotificationNext.Fail, error, Hurries: notification.Hurries);

    // What people were to be told of a state that is over already would only confuse them; the state that followed is told by itself.
    private static bool IsOutdated(NotificationReason reason, IncidentState state) => reason switch
    {
        NotificationReason.Escalated => state != IncidentState.Open,
        NotificationReason.Acknowledged => state != IncidentState.Acknowledged,
        NotificationReason.Resolved => state != IncidentState.Resolved,
        _ => state == IncidentState.Resolved,
    };
}

/// <summary>What is done with a notification.</summary>
internal enum NotificationNext
{
    Send = 1,

    /// <summary>Nobody has to know any more.</summary>
    Drop = 2,

    /// <summary>Nobody may be told yet.</summary>
    Postpone = 3,

    /// <summary>There is no way to tell.</summary>
    Fail = 4,
}

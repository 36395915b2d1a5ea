using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Escalation;

/// <summary>
/// Tells those who were told of an incident what became of it, inside the caller's transaction. Who was not told yet need not learn that
/// they may rest.
/// </summary>
internal sealed class ToldChannels(WebhooksDbContext db, IncidentTimeline timeline, IdGenerator ids, TimeProvider clock)
{
    private static readonly IncidentEventType[] Openings = [IncidentEventType.Opened, IncidentEventType.Reopened];

    public async Task TellAsync(Incident incident, NotificationReason reason, CancellationToken cancellationToken)
    {
        var since = await timeline.LastAsync(incident.Id, Openings, cancellationToken) ?? incident.OpenedAt;

        // What is being sent just now counts: it can't be called back.
        var channels = await db.Notifications
            .Where(n => n.IncidentId == incident.Id && n.CreatedAt >= since
                && (n.State == NotificationState.Sent || (n.State == NotificationState.Waiting && n.LeasedUntil != null)))
            .Select(n => n.ChannelId).Distinct().ToListAsync(cancellationToken);

        var now = clock.GetUtcMicroseconds();
        db.Notifications.AddRange(channels.Select(channel => new Notification
        {
            Id = ids.New<NotificationId>(),
            IncidentId = incident.Id,
            ChannelId = channel,
            Reason = reason,
            Step = incident.NextStep,
            State = NotificationState.Waiting,
            DueAt = now,
            CreatedAt = now,
        }));
    }
}

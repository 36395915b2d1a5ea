using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Server.Dashboard.Parts;
using Webhooks.Server.Dashboard.Settings.Channels;

namespace Webhooks.Server.Dashboard.Incidents;

/// <summary>What one channel was told, or is to be told, about an incident.</summary>
/// <param name="Step">The step of the policy, counted from 0.</param>
/// <param name="At">When the channel took it, or when it is to be sent.</param>
internal sealed record Told(
    string? Channel, ChannelType? Type, NotificationReason Reason, int Step, NotificationState State, DateTimeOffset At, string? Error)
{
    /// <summary>The channel as people call it.</summary>
    public string Name => Channel is null ? "a deleted channel" : $"{Channel} ({Type?.Text()})";

    public string What => Reason switch
    {
        NotificationReason.Acknowledged => "that somebody sees to it",
        NotificationReason.Resolved => "that it is over",
        NotificationReason.Updated => "that it got worse",
        _ => $"step {Step + 1} of the policy",
    };

    public Tone Tone => State switch
    {
        NotificationState.Sent => Tone.Good,
        NotificationState.Failed => Tone.Bad,
        NotificationState.Waiting => Tone.Busy,
        _ => Tone.Quiet,
    };

    /// <returns>The newest first.</returns>
    public static Task<List<Told>> ReadAsync(WebhooksDbContext db, IncidentId incident, int most, CancellationToken cancellationToken) => (
        from n in db.Notifications.Where(n => n.IncidentId == incident).OrderByDescending(n => n.Id).Take(most)
        join c in db.Channels on n.ChannelId equals c.Id into channels
        from c in channels.DefaultIfEmpty()
        orderby n.Id descending
        select new Told(c!.Name, (ChannelType?)c.Type, n.Reason, n.Step, n.State, n.FinishedAt ?? n.DueAt, n.Error))
        .ToListAsync(cancellationToken);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications;

/// <summary>
/// Takes what is due, one message of one channel at a time. While a worker has a channel in hand no other takes it, so that all nodes
/// together keep to the limit.
/// </summary>
internal sealed class NotificationClaims(
    WebhooksDbContext db, IWebhooksSql sql, IncidentTimeline timeline, IncidentDesk desk, ChannelTeller teller, TimeProvider clock,
    IOptions<NotificationOptions> options)
{
    /// <summary>How long a worker may take before another tells the same again.</summary>
    public static readonly TimeSpan Lease = ChannelTeller.Longest + TimeSpan.FromMinutes(1);

    /// <summary>How many notifications one message takes up at most.</summary>
    public const int MaxBatch = 100;

    private const int MaxChannels = 100;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Nothing waits that long but what was snoozed, and that is a message or two.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The channels that something is due for and nobody tells just now, those first that wait longest.</summary>
    public Task<List<ChannelId>> FindDueChannelsAsync(CancellationToken cancellationToken) =>
        Due(clock.GetUtcMicroseconds()).GroupBy(n => n.ChannelId).OrderBy(due => due.Min(n => n.DueAt)).Select(due => due.Key)
            .Take(MaxChannels).ToListAsync(cancellationToken);

    /// <summary>Takes the next message of a channel. Null when there is none, or none may be sent yet.</summary>
    public async Task<NotificationTurn?> TakeAsync(ChannelId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await db.Notifications.AnyAsync(
            n => n.ChannelId == id && n.State == NotificationState.Waiting && n.LeasedUntil > now, cancellationToken))
            return null;

        var channel = await db.Channels.AsTracking().FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        var due = await Due(now).AsTracking().Where(n => n.ChannelId == id)
            .OrderBy(n => n.DueAt).ThenBy(n => n.Id).Take(MaxBatch).ToListAsync(cancellationToken);
        var sendable = await DecideAsync(due, channel, now, cancellationToken);
        var turn = channel is null ? null : await ChooseAsync(channel, sendable, now, cancellationToken);
        foreach (var taken in turn?.All ?? [])
        {
            // Counted here, so that one at which the process dies is given up some day.
            (taken.LeasedUntil, taken.Attempts) = (turn!.LeasedUntil, taken.Attempts + 1);
        }

        await db.SaveChangesAsync(cancellationToken);

        // Crash before: nothing was taken. Crash after: nothing was sent yet, or nobody knows; the lease runs out and another node sends
        // it, perhaps for the second time.
        await transaction.CommitAsync(cancellationToken);
        return turn;
    }

    private IQueryable<Notification> Due(DateTimeOffset now) => db.Notifications.Where(
        n => n.State == NotificationState.Waiting && n.DueAt <= now && (n.LeasedUntil == null || n.LeasedUntil <= now));

    /// <summary>Ends what need not or can't be sent, and returns the rest.</summary>
    private async Task<List<Notification>> DecideAsync(
        List<Notification> due, Channel? channel, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = due.Select(n => n.IncidentId).Distinct().ToList();
        var incidents = await db.Incidents.AsTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
        List<Notification> sendable = [];
        foreach (var notification in due)
        {
            var incident = incidents.GetValueOrDefault(notification.IncidentId);
            var decision = NotificationDecision.Of(notification, incident, channel, now);
            Apply(decision, notification, incident, channel, now);
            if (decision.Next == NotificationNext.Send)
                sendable.Add(notification);
            if (decision.Hurries && incident is not null)
                await desk.HurryAsync(incident, notification.Step, cancellationToken);
        }

        return sendable;
    }

    private void Apply(NotificationDecision decision, Notification notification, Incident? incident, Channel? channel, DateTimeOffset now)
    {
        if (decision.Next == NotificationNext.Postpone)
            notification.DueAt = decision.Until;
        if (decision.Next is not (NotificationNext.Drop or NotificationNext.Fail))
            return;

        notification.State = decision.Next == NotificationNext.Drop ? NotificationState.Dropped : NotificationState.Failed;
        (notification.LeasedUntil, notification.Error, notification.FinishedAt) = (null, decision.Error, now);
        if (decision.Next == NotificationNext.Fail && incident is not null)
            timeline.Append(
                incident, IncidentEventType.NotificationFailed, null,
                NotificationWords.Failed(channel, notification.ChannelId, decision.Error!));
    }

    /// <summary>What goes into the next message; null when the channel has had as many as it may have.</summary>
    private async Task<NotificationTurn?> ChooseAsync(
        Channel channel, List<Notification> sendable, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (sendable.Count == 0)
            return null;
        var left = options.Value.MessagesPerMinute - await CountMessagesAsync(channel.Id, now, cancellationToken);
        if (left <= 0)
            return null;

        var first = sendable.FindAll(n => n.IncidentId == sendable[0].IncidentId);
        var others = sendable.FindAll(n => n.IncidentId != sendable[0].IncidentId);
        var until = now + Lease;
        if (others.Count > 0 && channel.FailingSince is not null && !teller.Gathers(channel.Type))
            return new(channel, first, others, until);

        var gathers = teller.Gathers(channel.Type) && (left == 1 || channel.FailingSince is not null);
        return new(channel, gathers ? sendable : first, [], until);
    }

    /// <summary>
    /// How many messages the channel took in the last minute: those that one told of were recorded together, at one time.
    /// </summary>
    internal Task<int> CountMessagesAsync(ChannelId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (oldest, since) = (IdTime.FirstOf<NotificationId>(now - LongestWait), now - Minute);
        return db.Notifications
            .Where(n => n.ChannelId == id && n.Id >= oldest && n.State == NotificationState.Sent && n.FinishedAt > since)
            .Select(n => n.FinishedAt).Distinct().CountAsync(cancellationToken);
    }
}

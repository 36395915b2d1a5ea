using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications;

/// <summary>Writes down what telling a channel showed, in one transaction with what follows from it.</summary>
internal sealed class NotificationRecord(
    WebhooksDbContext db, IWebhooksSql sql, IncidentTimeline timeline, IncidentDesk desk, ChannelHealth health, TimeProvider clock,
    IOptions<NotificationOptions> options)
{
    /// <returns>How many ended with it; 0, too, where another worker has taken them over.</returns>
    public async Task<int> WriteAsync(NotificationTurn turn, ChannelAnswer answer, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var ids = turn.All.Select(n => n.Id).ToList();

        // The fence: whoever took them over after the lease has ended them, or has another lease.
        var rows = await db.Notifications.AsTracking()
            .Where(n => ids.Contains(n.Id) && n.LeasedUntil == turn.LeasedUntil).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return 0;

        var incidents = await FindIncidentsAsync(rows, cancellationToken);
        if (answer.IsTaken)
            NoteTaken(turn, rows, incidents);
        else
            await NoteFailedAsync(turn.Channel, rows, incidents, answer, cancellationToken);
        if (await db.Channels.AsTracking().FirstOrDefaultAsync(c => c.Id == turn.Channel.Id, cancellationToken) is { } channel)
            await health.NoteAsync(channel, answer, rows.Exists(n => n.State == NotificationState.Failed), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the channel has taken the message and nobody knows. The lease runs out, and it is sent once more, under the same
        // id.
        await transaction.CommitAsync(CancellationToken.None);
        return rows.Count(n => n.FinishedAt is not null);
    }

    private async Task<Dictionary<IncidentId, Incident>> FindIncidentsAsync(List<Notification> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(n => n.IncidentId).Distinct().ToList();
        return await db.Incidents.AsTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
    }

    private void NoteTaken(NotificationTurn turn, List<Notification> rows, Dictionary<IncidentId, Incident> incidents)
    {
        var (now, told) = (clock.GetUtcMicroseconds(), turn.Told.Select(n => n.Id).ToHashSet());
        foreach (var row in rows)
        {
            row.LeasedUntil = null;
            if (told.Contains(row.Id))
                (row.State, row.Error, row.FinishedAt) = (NotificationState.Sent, null, now);
            else
                row.Attempts--; // it was only kept in hand: its turn comes now
        }

        foreach (var sent in rows.Where(n => told.Contains(n.Id)).OrderBy(n => n.Id).GroupBy(n => n.IncidentId))
        {
            if (incidents.TryGetValue(sent.Key, out var incident))
                timeline.Append(incident, IncidentEventType.Notified, null, NotificationWords.Told(turn.Channel, sent.Last().Reason));
        }
    }

    private async Task NoteFailedAsync(
        Channel channel, List<Notification> rows, Dictionary<IncidentId, Incident> incidents, ChannelAnswer answer,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        foreach (var row in rows)
        {
            var (incident, hurries) = (incidents.GetValueOrDefault(row.IncidentId), row.Hurries);
            (row.LeasedUntil, row.Error) = (null, answer.Error);
            var wait = answer.MayPass ? NotificationSchedule.WaitAfter(row.Attempts, options.Value.GiveUpAfter) : null;
            if (wait is { } later)
                row.DueAt = now + (answer.RetryAfter > later ? answer.RetryAfter.Value : later);
            else
                (row.State, row.FinishedAt) = (NotificationState.Failed, now);

            // Somebody else must hear of it now, whether or not this one is tried again. Whoever was only to be told that all is well may
            // wait.
            if (incident is not null)
                NoteUntold(row, incident, channel, hurries && await desk.HurryAsync(incident, row.Step, cancellationToken));
        }
    }

    private void NoteUntold(Notification row, Incident incident, Channel channel, bool hurried)
    {
        var failed = NotificationWords.Failed(channel, channel.Id, row.Error!);
        if (row.State == NotificationState.Failed)
            timeline.Append(incident, IncidentEventType.NotificationFailed, null, failed);
        else if (hurried)
            timeline.Append(
                incident, IncidentEventType.NotificationFailed, null, $"{failed} It is tried again, and the next step follows at once.");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels;

/// <summary>
/// Checks channels over which nobody was told for a while: that they don't work must show before they are needed. Where a check is a
/// message to people, it is made only if the deployment wants that.
/// </summary>
internal sealed class ChannelHeartbeat(
    WebhooksDbContext db, IWebhooksSql sql, ChannelTeller teller, ChannelHealth health, IdGenerator ids, TimeProvider clock,
    IOptions<NotificationOptions> options)
{
    private const int MaxBatch = 100;

    /// <summary>Returns how many were checked.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await FindDueAsync(cancellationToken);
        foreach (var channel in due)
        {
            var message = new NoticeMessage(
                ids.New<NotificationId>().ToString(), NoticeMessageKind.Heartbeat, channel.Name, clock.GetUtcMicroseconds(), []);

            // Crash from here to the end of the record: it is checked again, at worst by a second message.
            var answer = await teller.CheckAsync(channel, message, cancellationToken);
            await NoteAsync(channel, answer, cancellationToken);
        }

        return due.Count;
    }

    private async Task<List<Channel>> FindDueAsync(CancellationToken cancellationToken)
    {
        var limit = clock.GetUtcMicroseconds() - options.Value.HeartbeatEvery;
        var types = ChannelWords.Types.Select(pair => pair.Type)
            .Where(type => options.Value.HeartbeatSends || teller.ChecksUnseen(type)).ToList();
        return await db.Channels.AsNoTracking()
            .Where(c => !c.Disabled && types.Contains(c.Type) && (c.CheckedAt == null || c.CheckedAt <= limit))
            .OrderBy(c => c.CheckedAt).Take(MaxBatch).ToListAsync(cancellationToken);
    }

    private async Task NoteAsync(Channel checkedOne, ChannelAnswer answer, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // One that was changed meanwhile is another, which the answer says nothing about.
        var unchanged = db.Channels.AsTracking().Where(c => c.Id == checkedOne.Id && c.UpdatedAt == checkedOne.UpdatedAt);
        if (await unchanged.FirstOrDefaultAsync(cancellationToken) is not { } channel)
            return;

        await health.NoteAsync(channel, answer, isGivenUp: true, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels;

/// <summary>
/// Sends a test over a channel. Each request sends one: there is nothing to undo, and whoever asks wants to see it. While it is under way
/// no transaction is open.
/// </summary>
internal sealed class ChannelTest(
    WebhooksDbContext db, IWebhooksSql sql, ChannelTeller teller, ChannelHealth health, IdGenerator ids, TimeProvider clock)
{
    public static async Task<Results<Ok<ChannelTestOut>, Problem>> RunAsync(
        [ChannelId] string channel, ChannelTest test, CancellationToken cancellationToken)
    {
        var answer = IdText.TryParse<ChannelId>(channel, out var id) ? await test.RunAsync(id, cancellationToken) : null;
        return answer is null
            ? ApiProblems.NotFound()
            : TypedResults.Ok(new ChannelTestOut { Taken = answer.IsTaken, Error = answer.Error });
    }

    /// <summary>Null when there is no such channel. One that is disabled can be tested, too: before it is enabled.</summary>
    private async Task<ChannelAnswer?> RunAsync(ChannelId id, CancellationToken cancellationToken)
    {
        if (await db.Channels.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } channel)
            return null;

        var message = new NoticeMessage(
            ids.New<NotificationId>().ToString(), NoticeMessageKind.Test, channel.Name, clock.GetUtcMicroseconds(), []);
        var answer = await teller.SendOnceAsync(channel, message, cancellationToken);
        await NoteAsync(channel, answer);
        return answer;
    }

    // Whoever tests sees what went wrong: no incident has to tell that.
    private async Task NoteAsync(Channel tested, ChannelAnswer answer)
    {
        await using var transaction = await sql.BeginWriteAsync(db, CancellationToken.None);
        var unchanged = db.Channels.AsTracking().Where(c => c.Id == tested.Id && c.UpdatedAt == tested.UpdatedAt);
        if (await unchanged.FirstOrDefaultAsync() is not { } channel)
            return;

        await health.NoteAsync(channel, answer, isGivenUp: false, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes payloads whose period is over, oldest first. One that a delivery still needs stays until that is finished: without it, the
/// delivery would become a dead letter by our own doing.
/// </summary>
internal sealed class PayloadRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, RetentionPlaces places, TimeProvider clock)
{
    /// <summary>Safe to run twice at once and to stop at any time: what is left is found again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await new RetentionRun(clock).RunAsync(token => StepAsync(now, token), cancellationToken);
    }

    /// <summary>The next payloads after a place that have expired, by their index.</summary>
    public static IQueryable<ExpiredPayload> Expired(WebhooksDbContext db, ExpiredPayload place, DateTimeOffset now)
    {
        var (from, after, _) = place;
        return db.MessagePayloads
            .Where(p => p.ExpiresAt >= from && p.ExpiresAt <= now && (p.ExpiresAt > from || p.MessageId > after))
            .OrderBy(p => p.ExpiresAt).ThenBy(p => p.MessageId)
            .Take(SmallBatch.MaxMessages)
            .Select(p => new ExpiredPayload(
                p.ExpiresAt, p.MessageId, p.Body.Length + (p.RawBody == null ? 0 : p.RawBody.Length)));
    }

    private async Task<bool> StepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = await Expired(db, places.Payload, now).ToListAsync(cancellationToken);
        var unneeded = await UnneededAsync(expired.ConvertAll(payload => payload.MessageId), cancellationToken);
        var first = SmallBatch.Cut(
            expired.Where(payload => unneeded.Contains(payload.MessageId)).Select(p => new PayloadSize(p.MessageId, p.Bytes)));
        if (first.Count > 0)
            await RemoveAsync(first, cancellationToken);
        if (first.Count < unneeded.Count)
            return true; // from the same place again

        var isLast = expired.Count < SmallBatch.MaxMessages;
        places.Payload = isLast ? ExpiredPayload.First : expired[^1];
        return !isLast;
    }

    private async Task<HashSet<MessageId>> UnneededAsync(List<MessageId> messages, CancellationToken cancellationToken) =>
        messages.Count == 0 ? [] : [.. messages.Except(await OldMessages.Unfinished(db, messages).ToListAsync(cancellationToken))];

    private async Task RemoveAsync(List<MessageId> messages, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Looked at again: until now somebody could send one of them again, from now on nobody can.
        var unneeded = await UnneededAsync(messages, cancellationToken);
        var payloads = await db.MessagePayloads.Where(p => unneeded.Contains(p.MessageId)).ExecuteDeleteAsync(cancellationToken);

        // Crash before: nothing of this happened, and the next run finds them again. Crash after: they are gone, as they should be.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(new Removed { Payloads = payloads });
    }
}

/// <summary>A payload that has expired, and its place in the order in which they do.</summary>
internal sealed record ExpiredPayload(DateTimeOffset ExpiresAt, MessageId MessageId, int Bytes)
{
    /// <summary>Before all others.</summary>
    public static readonly ExpiredPayload First = new(DateTimeOffset.UnixEpoch, default, 0);
}

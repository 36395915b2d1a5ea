using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes payloads whose period is over, oldest first. One that a delivery still needs stays until that is finished: without it, the
/// delivery would become a dead letter by our own doing.
/// </summary>
internal sealed class PayloadRetention(WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, TimeProvider clock)
{
    // Few, because a payload may be of megabytes.
    private const int MaxBatch = 100;

    /// <summary>Safe to run twice at once and to stop at any time: the next run begins at the oldest again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var rests = new Rests(clock);
        var place = new ExpiredPayload(DateTimeOffset.UnixEpoch, default);
        List<ExpiredPayload> expired;
        do
        {
            expired = await Expired(db, place, now, MaxBatch).ToListAsync(cancellationToken);
            place = expired.LastOrDefault() ?? place;
            if (await UnneededAsync(expired.ConvertAll(payload => payload.MessageId), cancellationToken) is { Count: > 0 } unneeded)
                await RemoveAsync(unneeded, cancellationToken);
            await rests.RestAsync(cancellationToken);
        }
        while (expired.Count == MaxBatch);
    }

    /// <summary>The next payloads after a place that have expired, by their index.</summary>
    public static IQueryable<ExpiredPayload> Expired(WebhooksDbContext db, ExpiredPayload place, DateTimeOffset now, int count)
    {
        var (from, after) = place;
        return db.MessagePayloads
            .Where(p => p.ExpiresAt >= from && p.ExpiresAt <= now && (p.ExpiresAt > from || p.MessageId > after))
            .OrderBy(p => p.ExpiresAt).ThenBy(p => p.MessageId)
            .Take(count)
            .Select(p => new ExpiredPayload(p.ExpiresAt, p.MessageId));
    }

    /// <summary>Which of these messages have a delivery that is not finished.</summary>
    public static IQueryable<MessageId> Unfinished(WebhooksDbContext db, IReadOnlyList<MessageId> messages) =>
        db.Deliveries.Where(d => messages.Contains(d.MessageId) && d.FinishedAt == null).Select(d => d.MessageId).Distinct();

    private async Task<List<MessageId>> UnneededAsync(List<MessageId> messages, CancellationToken cancellationToken) =>
        [.. messages.Except(await Unfinished(db, messages).ToListAsync(cancellationToken))];

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

/// <summary>A payload's place in the order in which they expire.</summary>
internal sealed record ExpiredPayload(DateTimeOffset ExpiresAt, MessageId MessageId);

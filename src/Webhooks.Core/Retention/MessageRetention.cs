using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes messages with all that belongs to them once the last of their deliveries finished long enough ago, oldest first. In the order in
/// which one refers to the other, so that whatever is left after a crash still has its message.
/// </summary>
internal sealed class MessageRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, TimeProvider clock, IOptions<RetentionOptions> options)
{
    private const int MaxMessages = 100;

    // One message may have gone to thousands of endpoints.
    private const int MaxRows = 500;

    /// <summary>Safe to run twice at once and to stop at any time: the next run begins at the oldest again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limits = RetentionLimits.At(clock.GetUtcMicroseconds(), options.Value);
        var rests = new Rests(clock);
        var place = default(MessageId);
        List<MessageId> old;
        do
        {
            old = await Old(db, place, limits.Messages, MaxMessages).ToListAsync(cancellationToken);
            place = old.Count > 0 ? old[^1] : place;
            if (await UnneededAsync(old, limits, cancellationToken) is { Count: > 0 } unneeded)
            {
                while (!await RemoveAsync(unneeded, limits, cancellationToken))
                    await rests.RestAsync(cancellationToken);
            }

            await rests.RestAsync(cancellationToken);
        }
        while (old.Count == MaxMessages);
    }

    /// <summary>The next messages after a place that were accepted by then. An id says when, so the key serves.</summary>
    public static IQueryable<MessageId> Old(WebhooksDbContext db, MessageId place, DateTimeOffset limit, int count)
    {
        var last = IdTime.LastOf<MessageId>(limit);
        return db.Messages.Where(m => m.Id > place && m.Id <= last).OrderBy(m => m.Id).Take(count).Select(m => m.Id);
    }

    /// <summary>Which of these messages have a delivery for whose sake they stay.</summary>
    public static IQueryable<MessageId> Kept(WebhooksDbContext db, IReadOnlyList<MessageId> messages, RetentionLimits limits)
    {
        var (limit, _, deadLimit) = limits;
        return db.Deliveries
            .Where(d => messages.Contains(d.MessageId)
                && (d.FinishedAt == null || d.FinishedAt > limit || (d.State == DeliveryState.Dead && d.FinishedAt > deadLimit)))
            .Select(d => d.MessageId)
            .Distinct();
    }

    /// <summary>Some attempts of these messages, in the order of their index, so that it is read no further than that.</summary>
    /// <param name="messages">In their order.</param>
    public static IQueryable<AttemptId> Attempts(WebhooksDbContext db, IReadOnlyList<MessageId> messages, int count)
    {
        var (first, last) = (messages[0], messages[^1]);
        return db.Attempts
            .Where(a => a.MessageId >= first && a.MessageId <= last && messages.Contains(a.MessageId))
            .OrderBy(a => a.MessageId).ThenBy(a => a.Id)
            .Take(count)
            .Select(a => a.Id);
    }

    /// <summary>Some deliveries of these messages, likewise.</summary>
    public static IQueryable<DeliveryId> Deliveries(WebhooksDbContext db, IReadOnlyList<MessageId> messages, int count)
    {
        var (first, last) = (messages[0], messages[^1]);
        return db.Deliveries
            .Where(d => d.MessageId >= first && d.MessageId <= last && messages.Contains(d.MessageId))
            .OrderBy(d => d.MessageId).ThenBy(d => d.EndpointId).ThenBy(d => d.ReplayNumber)
            .Take(count)
            .Select(d => d.Id);
    }

    private async Task<List<MessageId>> UnneededAsync(List<MessageId> messages, RetentionLimits limits, CancellationToken cancellationToken)
    {
        var kept = await Kept(db, messages, limits).ToHashSetAsync(cancellationToken);
        return messages.FindAll(message => !kept.Contains(message));
    }

    /// <returns>Whether that was all of them.</returns>
    private async Task<bool> RemoveAsync(List<MessageId> messages, RetentionLimits limits, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Looked at again: until now somebody could send one of them again, from now on nobody can.
        var unneeded = await UnneededAsync(messages, limits, cancellationToken);
        if (unneeded.Count == 0)
            return true;

        var removed = await RemoveSomeAsync(unneeded, cancellationToken);

        // Crash before: nothing of this happened. Crash after: a message may be left with fewer attempts and deliveries than it had, or with
        // none; the next run finds it again and removes the rest.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(removed);
        return removed is { Attempts: < MaxRows, Deliveries: < MaxRows };
    }

    private async Task<Removed> RemoveSomeAsync(List<MessageId> messages, CancellationToken cancellationToken)
    {
        var attempts = await Attempts(db, messages, MaxRows).ToListAsync(cancellationToken);
        await db.Attempts.Where(a => attempts.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);
        if (attempts.Count == MaxRows)
            return new Removed { Attempts = attempts.Count };

        var deliveries = await Deliveries(db, messages, MaxRows).ToListAsync(cancellationToken);
        await db.Deliveries.Where(d => deliveries.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
        if (deliveries.Count == MaxRows)
            return new Removed { Attempts = attempts.Count, Deliveries = deliveries.Count };

        return new Removed
        {
            Attempts = attempts.Count,
            Deliveries = deliveries.Count,
            Payloads = await db.MessagePayloads.Where(p => messages.Contains(p.MessageId)).ExecuteDeleteAsync(cancellationToken),
            Messages = await db.Messages.Where(m => messages.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken),
        };
    }
}

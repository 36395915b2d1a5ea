using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes messages with all that belongs to them once the last of their deliveries finished long enough ago, oldest first. In the order in
/// which one refers to the other, so that whatever is left after a crash still has its message.
/// </summary>
internal sealed class MessageRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, RetentionPlaces places, TimeProvider clock,
    IOptions<RetentionOptions> options)
{
    /// <summary>Safe to run twice at once and to stop at any time: what is left is found again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limits = RetentionLimits.At(clock.GetUtcMicroseconds(), options.Value);
        await new RetentionRun(clock).RunAsync(token => StepAsync(limits, token), cancellationToken);
    }

    private async Task<bool> StepAsync(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var old = await OldMessages.After(db, places.Message, limits.Messages).ToListAsync(cancellationToken);
        var unneeded = await UnneededAsync(old, limits, cancellationToken);
        if (unneeded.Count > 0 && !await RemoveAsync(unneeded, limits, cancellationToken))
            return true; // from the same place again

        var isLast = old.Count < SmallBatch.MaxMessages;
        places.Message = isLast ? default : old[^1];
        return !isLast;
    }

    private async Task<List<MessageId>> UnneededAsync(List<MessageId> messages, RetentionLimits limits, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return messages;

        var needed = await OldMessages.Needed(db, messages, limits).ToHashSetAsync(cancellationToken);
        return messages.FindAll(message => !needed.Contains(message));
    }

    /// <returns>Whether that was all of them.</returns>
    private async Task<bool> RemoveAsync(List<MessageId> messages, RetentionLimits limits, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Looked at again: until now somebody could send one of them again, from now on nobody can.
        var unneeded = await UnneededAsync(messages, limits, cancellationToken);
        if (unneeded.Count == 0)
            return true;

        // The books must not miss what goes from here on, also where the period is longer one day.
        await db.MarkRemovedAsync(LedgerMarkKind.MessagesRemoved, limits.Messages, cancellationToken);
        var removed = await RemoveFirstAsync(unneeded, cancellationToken);

        // Crash before: nothing of this happened. Crash after: a message may be left with fewer attempts and deliveries than it had, or with
        // none; it is found again and the rest removed.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(removed);
        return removed.Messages > 0;
    }

    /// <summary>As much as one transaction may; the messages themselves last.</summary>
    private async Task<Removed> RemoveFirstAsync(List<MessageId> messages, CancellationToken cancellationToken)
    {
        var attempts = await OldMessages.Attempts(db, messages).ToListAsync(cancellationToken);
        var removed = new Removed
        {
            Attempts = await db.Attempts.Where(a => attempts.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken),
        };
        if (attempts.Count == SmallBatch.MaxRows)
            return removed;

        var payloads = await OldMessages.Payloads(db, messages).ToListAsync(cancellationToken);
        var first = SmallBatch.Cut(payloads);
        removed = removed with
        {
            Payloads = await db.MessagePayloads.Where(p => first.Contains(p.MessageId)).ExecuteDeleteAsync(cancellationToken),
        };
        if (first.Count < payloads.Count)
            return removed;

        // Before their deliveries, whose ids they bear: what is left after a crash still says whose it was.
        var letters = await OldMessages.DeadLetters(db, messages).ToListAsync(cancellationToken);
        await db.DeadLetters.Where(l => letters.Contains(l.DeliveryId)).ExecuteDeleteAsync(cancellationToken);
        if (letters.Count == SmallBatch.MaxRows)
            return removed;

        var deliveries = await OldMessages.Deliveries(db, messages).ToListAsync(cancellationToken);
        removed = removed with
        {
            Deliveries = await db.Deliveries.Where(d => deliveries.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken),
        };
        return deliveries.Count == SmallBatch.MaxRows
            ? removed
            : removed with { Messages = await db.Messages.Where(m => messages.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken) };
    }
}

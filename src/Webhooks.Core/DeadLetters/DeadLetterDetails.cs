using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.DeadLetters;

/// <summary>Gathers what is known about a dead letter's message and delivery.</summary>
internal static class DeadLetterDetails
{
    public static async Task<DeadLetterDetailOut> DetailOfAsync(
        this WebhooksDbContext db, DeadLetterOut letter, CancellationToken cancellationToken)
    {
        var message = await db.Messages.Where(m => m.Id == letter.MsgId)
            .Select(m => new { m.EventId, PayloadAvailable = db.MessagePayloads.Any(p => p.MessageId == m.Id) })
            .FirstOrDefaultAsync(cancellationToken);
        return new DeadLetterDetailOut(letter)
        {
            EventId = message?.EventId,
            DeliveryState = await db.Deliveries.Where(d => d.Id == letter.Id).Select(d => d.State).SingleAsync(cancellationToken),
            PayloadAvailable = message?.PayloadAvailable ?? false,
            MayBeDuplicate = await db.CountMayBeThereAsync(letter.EndpointId, [letter.MsgId], cancellationToken) > 0,
            LastAttempt = await LastAttempt(db, letter).FirstOrDefaultAsync(cancellationToken),
        };
    }

    // By the message: an index leads to its few attempts.
    private static IQueryable<DeadLetterAttemptOut> LastAttempt(WebhooksDbContext db, DeadLetterOut letter) => db.Attempts
        .Where(a => a.MessageId == letter.MsgId && a.DeliveryId == letter.Id)
        .OrderByDescending(a => a.Id)
        .Select(a => new DeadLetterAttemptOut
        {
            Id = a.Id,
            Timestamp = a.StartedAt,
            Number = a.Number,
            Outcome = a.Outcome,
            ResponseStatusCode = a.StatusCode ?? 0,
            ErrorCode = a.ErrorCode,
            ErrorText = a.ErrorText,
        });
}

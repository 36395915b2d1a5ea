using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>An attempt with what is stored of its request and its answer.</summary>
internal sealed record AttemptView(MessageAttemptOut Attempt, SentRequest Request)
{
    /// <summary>What stands in the place of an answer that was removed.</summary>
    private const string Expunged = "EXPUNGED";

    public bool IsAnswered => Attempt.ResponseStatusCode > 0;

    public bool IsExpunged => Attempt is { Response: Expunged, ResponseHeaders: [] };

    /// <returns>Null when there is none.</returns>
    public static async Task<AttemptView?> ReadAsync(
        WebhooksDbContext db, string attemptId, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<AttemptId>(attemptId, out var id)
            || await db.Attempts.Where(a => a.Id == id).ToOut(db, withContent: true)
                .FirstOrDefaultAsync(cancellationToken) is not { } attempt)
            return null;

        return new AttemptView(attempt, await RequestAsync(db, attempt, cancellationToken));
    }

    /// <summary>What was sent; null once the payload is gone.</summary>
    public static Task<byte[]?> PayloadAsync(WebhooksDbContext db, MessageId message, CancellationToken cancellationToken) =>
        db.MessagePayloads.Where(p => p.MessageId == message).Select(p => p.RawBody ?? p.Body).FirstOrDefaultAsync(cancellationToken);

    private static async Task<SentRequest> RequestAsync(
        WebhooksDbContext db, MessageAttemptOut attempt, CancellationToken cancellationToken)
    {
        var delivery = await db.Deliveries.Where(d => d.Id == attempt.DeliveryId)
            .Select(d => new { d.Sequence, d.ReplayNumber }).FirstOrDefaultAsync(cancellationToken);
        var before = await db.Attempts
            .Where(a => a.MessageId == attempt.MsgId && a.DeliveryId == attempt.DeliveryId && a.Number < attempt.Number)
            .OrderBy(a => a.Number)
            .Select(a => new { a.Number, a.Outcome, a.ReceiptAnswer }).ToListAsync(cancellationToken);
        return new SentRequest
        {
            MessageId = $"{attempt.MsgId}",
            Number = attempt.Number,
            Sequence = delivery?.Sequence,
            IsReplay = delivery is null ? (AttemptTrigger)attempt.TriggerType == AttemptTrigger.Manual : delivery.ReplayNumber > 0,
            Prior = before is [{ Number: 1 }, ..] && before.Count >= attempt.Number - 1
                ? before.Aggregate(
                    (AttemptOutcome?)null, (prior, a) => DeliveryDecision.Known(prior, a.Outcome, a.ReceiptAnswer == ReceiptAnswer.Processed))
                : null, // retention has taken some
            PayloadBytes = await db.MessagePayloads.Where(p => p.MessageId == attempt.MsgId)
                .Select(p => (long?)(p.RawBody ?? p.Body).Length).FirstOrDefaultAsync(cancellationToken),
            IsTraced = await db.Messages.AnyAsync(m => m.Id == attempt.MsgId && m.TraceParent != null, cancellationToken),
        };
    }
}

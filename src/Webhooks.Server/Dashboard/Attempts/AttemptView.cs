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

    /// <summary>Nothing was sent: the subscriber's receipt said that it has the message.</summary>
    public bool IsReceipt => Attempt.ReceiptCheck is { Answer: ReceiptAnswer.Processed };

    /// <returns>Null when there is none.</returns>
    public static async Task<AttemptView?> ReadAsync(
        WebhooksDbContext db, SentRequests requests, string attemptId, bool signs, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<AttemptId>(attemptId, out var id)
            || await db.Attempts.Where(a => a.Id == id).ToOut(db, withContent: true)
                .FirstOrDefaultAsync(cancellationToken) is not { } attempt)
            return null;

        return new AttemptView(attempt, await requests.ReadAsync(db, attempt, signs, cancellationToken));
    }

    /// <summary>What was sent; null once the payload is gone.</summary>
    public static Task<byte[]?> PayloadAsync(WebhooksDbContext db, MessageId message, CancellationToken cancellationToken) =>
        db.MessagePayloads.Where(p => p.MessageId == message).Select(p => p.RawBody ?? p.Body).FirstOrDefaultAsync(cancellationToken);
}

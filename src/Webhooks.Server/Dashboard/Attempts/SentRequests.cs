using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>Finds out what an attempt sent, as far as what is stored tells it.</summary>
internal sealed class SentRequests(EndpointHeaders headers, SignerCache signers)
{
    /// <param name="signs">Whether to sign again: for those who may see the endpoint's secrets.</param>
    public async Task<SentRequest> ReadAsync(
        WebhooksDbContext db, MessageAttemptOut attempt, bool signs, CancellationToken cancellationToken)
    {
        var delivery = await db.Deliveries.Where(d => d.Id == attempt.DeliveryId)
            .Select(d => new { d.Sequence, d.ReplayNumber }).FirstOrDefaultAsync(cancellationToken);
        var endpoint = await db.Endpoints.Where(e => e.Id == attempt.EndpointId)
            .Select(e => new { e.ProtectedHeaders, e.UpdatedAt }).FirstOrDefaultAsync(cancellationToken);
        var isLost = attempt.ErrorCode == AttemptErrorCodes.WorkerLost;
        return new SentRequest
        {
            MessageId = $"{attempt.MsgId}",
            Number = attempt.Number,
            StartedAt = isLost ? null : attempt.Timestamp,
            Sequence = delivery?.Sequence,
            IsReplay = delivery is null ? (AttemptTrigger)attempt.TriggerType == AttemptTrigger.Manual : delivery.ReplayNumber > 0,
            Prior = await PriorAsync(db, attempt, cancellationToken),
            PayloadBytes = await db.MessagePayloads.Where(p => p.MessageId == attempt.MsgId)
                .Select(p => (long?)(p.RawBody ?? p.Body).Length).FirstOrDefaultAsync(cancellationToken),
            Version = await db.Nodes.Where(n => n.Name == attempt.Node).Select(n => n.Version).FirstOrDefaultAsync(cancellationToken),
            TraceParent = await db.Messages.Where(m => m.Id == attempt.MsgId).Select(m => m.TraceParent).FirstOrDefaultAsync(cancellationToken),
            OwnHeaders = endpoint is null ? null : headers.Show(endpoint.ProtectedHeaders),
            IsEndpointChanged = endpoint?.UpdatedAt >= attempt.Timestamp,
            IsSigner = signs,
            Signature = signs && !isLost ? await SignatureAsync(db, attempt, cancellationToken) : null,
        };
    }

    /// <summary>What the delivery's attempts before this one came to; null when retention has taken some.</summary>
    private static async Task<AttemptOutcome?> PriorAsync(WebhooksDbContext db, MessageAttemptOut attempt, CancellationToken cancellationToken)
    {
        var before = await db.Attempts
            .Where(a => a.MessageId == attempt.MsgId && a.DeliveryId == attempt.DeliveryId && a.Number < attempt.Number)
            .OrderBy(a => a.Number)
            .Select(a => new { a.Number, a.Outcome, a.ReceiptAnswer }).ToListAsync(cancellationToken);
        return before is [{ Number: 1 }, ..] && before.Count >= attempt.Number - 1
            ? before.Aggregate(
                (AttemptOutcome?)null, (prior, a) => DeliveryDecision.Known(prior, a.Outcome, a.ReceiptAnswer == ReceiptAnswer.Processed))
            : null;
    }

    /// <summary>The same again, with the secrets that were live then; null when they, or the payload, are gone.</summary>
    private async Task<string?> SignatureAsync(WebhooksDbContext db, MessageAttemptOut attempt, CancellationToken cancellationToken)
    {
        var at = attempt.Timestamp;
        var secrets = await db.EndpointSecrets
            .Where(s => s.EndpointId == attempt.EndpointId && s.CreatedAt <= at && (s.ExpiresAt == null || s.ExpiresAt > at))
            .OrderByDescending(s => s.CreatedAt).Select(s => s.Protected).ToListAsync(cancellationToken);
        if (secrets.Count == 0 || await AttemptView.PayloadAsync(db, attempt.MsgId, cancellationToken) is not { } payload)
            return null;

        try
        {
            return signers.Get(secrets).Sign($"{attempt.MsgId}", at, payload);
        }
        catch (CryptographicException)
        {
            return null; // the keys that the secrets are encrypted with are gone
        }
    }
}

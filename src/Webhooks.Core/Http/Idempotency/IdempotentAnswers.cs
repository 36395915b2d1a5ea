using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Outbox;
using Webhooks.Core.Security;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>The answers of requests that took effect, by caller and key. Used inside the transaction of that effect.</summary>
internal sealed class IdempotentAnswers(SecretProtectors protectors, IOptions<OutboxOptions> options, TimeProvider clock)
{
    /// <returns>Null when the key is new, or forgotten: then the request is to be done.</returns>
    public async Task<IResult?> FindAsync(WebhooksDbContext db, IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var record = await db.IdempotencyRecords.AsNoTracking()
            .Where(r => r.ApiKeyId == claim.ApiKeyId && r.IdempotencyKey == claim.Key && r.ExpiresAt > now)
            .FirstOrDefaultAsync(cancellationToken);
        if (record is null)
            return null;

        return CryptographicOperations.FixedTimeEquals(record.RequestHash, claim.RequestHash)
            ? new StoredAnswer(record.StatusCode, Encoding.UTF8.GetBytes(protectors.IdempotentAnswers.Unprotect(record.Answer)))
            : ApiProblems.IdempotencyKeyReused();
    }

    public async Task AddAsync(WebhooksDbContext db, IdempotencyClaim claim, StoredAnswer answer, CancellationToken cancellationToken)
    {
        // An expired record may still be there: retention comes by only now and then.
        await db.IdempotencyRecords
            .Where(r => r.ApiKeyId == claim.ApiKeyId && r.IdempotencyKey == claim.Key).ExecuteDeleteAsync(cancellationToken);
        db.IdempotencyRecords.Add(new IdempotencyRecord
        {
            ApiKeyId = claim.ApiKeyId,
            IdempotencyKey = claim.Key,
            RequestHash = claim.RequestHash,
            StatusCode = answer.StatusCode,
            Answer = protectors.IdempotentAnswers.Protect(Encoding.UTF8.GetString(answer.Body)),
            ExpiresAt = clock.GetUtcMicroseconds() + options.Value.IdempotencyPeriod,
        });
    }
}

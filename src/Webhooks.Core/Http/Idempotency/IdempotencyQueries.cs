using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>Idempotency keys by what a request claims.</summary>
internal static class IdempotencyQueries
{
    /// <summary>Whether the key is on record, for this request or another: whatever else is asked for, nothing new will be done under it.</summary>
    public static async Task<bool> IsOnRecordAsync(
        this WebhooksDbContext db, IdempotencyClaim? claim, DateTimeOffset now, CancellationToken cancellationToken) =>
        claim is not null && await db.IdempotencyRecords.AnyAsync(
            record => record.ApiKeyId == claim.ApiKeyId && record.IdempotencyKey == claim.Key && record.ExpiresAt > now, cancellationToken);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>Forgets idempotency keys whose period is over, in small transactions.</summary>
internal sealed class IdempotencyCleanup(WebhooksDbContext db, IWebhooksSql sql, TimeProvider clock)
{
    private const int MaxBatch = 1_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await DeleteBatchAsync(cancellationToken) == MaxBatch)
        {
        }
    }

    private async Task<int> DeleteBatchAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var deleted = await db.IdempotencyRecords
            .Where(record => record.ExpiresAt <= now)
            .OrderBy(record => record.ExpiresAt)
            .Take(MaxBatch)
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }
}

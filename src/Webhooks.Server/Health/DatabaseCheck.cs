using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;

namespace Webhooks.Server.Health;

/// <summary>Whether the database lets this node write: no replica, no file that became read-only, no lock that nobody gives up.</summary>
internal sealed class DatabaseCheck(WebhooksDbContext db, IWebhooksSql sql) : IHealthCheck
{
    /// <summary>How long an answer is waited for; whoever asks gives up about then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Engines check that they may write before they look whether there is such a row. There is none: ids are never 0.
        await db.IdempotencyRecords.Where(record => record.ApiKeyId == default(ApiKeyId)).ExecuteDeleteAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Core.Data;

namespace Webhooks.Server.Health;

/// <summary>Whether every migration that this version needs is done. Once it is, it stays so, and is not asked again.</summary>
internal sealed class SchemaCheck(IServiceScopeFactory scopes) : IHealthCheck
{
    private volatile bool _isDone;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_isDone)
            return HealthCheckResult.Healthy();

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        _isDone = !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
        return _isDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database's schema is older than this version.");
    }
}

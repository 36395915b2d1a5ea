using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Server.Health;

/// <summary>Whether every key that encrypts stored secrets can be read, also those that other nodes added since the start.</summary>
internal sealed class KeyRingReadable(KeyRingCheck keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        keys.Run();
        return Task.FromResult(HealthCheckResult.Healthy());
    }
}

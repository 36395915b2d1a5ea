using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Health;

/// <summary>
/// Whether the pump is past waiting for: a database that does not answer makes its claims fail, not hang for minutes. What does is a fault
/// of this process, which a restart mends; the leases that it leaves run out by themselves.
/// </summary>
internal sealed class PumpAlive(DeliveryPump pump) : IHealthCheck
{
    private static readonly TimeSpan Hopeless = TimeSpan.FromMinutes(5);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pump.SinceLastTurn > Hopeless
            ? HealthCheckResult.Unhealthy("The delivery pump hangs.")
            : HealthCheckResult.Healthy());
}

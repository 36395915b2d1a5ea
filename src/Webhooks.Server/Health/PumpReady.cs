using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Health;

/// <summary>Whether the pump goes round: it claims, or it waits for something to be due, but hangs nowhere.</summary>
internal sealed class PumpReady(DeliveryPump pump, IOptions<DeliveryOptions> options) : IHealthCheck
{
    /// <summary>On top of the wait between two looks: what a claim on a busy database may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pump.SinceLastTurn <= options.Value.MaxPollInterval + Patience
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The delivery pump does not go round."));
}

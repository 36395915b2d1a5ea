using Polly;
using Polly.CircuitBreaker;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>The pipeline of one endpoint; only its circuit breaker is its own.</summary>
internal sealed record EndpointCircuit(ResiliencePipeline<AttemptResult> Pipeline, CircuitBreakerStateProvider State)
{
    // While one probe is under way the breaker would name the whole break again; the answer is likely there within a second.
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(1);

    /// <summary>How long the lane should rest after a refusal.</summary>
    public TimeSpan OpenFor(BrokenCircuitException refusal) =>
        State.CircuitState == CircuitState.Open && refusal.RetryAfter is { } rest ? rest : ProbeWait;
}

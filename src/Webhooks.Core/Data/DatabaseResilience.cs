using Microsoft.EntityFrameworkCore;
using Polly;
using Polly.Retry;

namespace Webhooks.Core.Data;

/// <summary>Tries a whole transaction again when the engine says that its fault was passing.</summary>
internal sealed class DatabaseResilience(IWebhooksSql sql, TimeProvider clock)
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(fault => IsPassing(fault, sql)),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,

            // First at once: what two writers took together, or a deadlock, is decided by now, and others wait for this one.
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(attempt.AttemptNumber == 0 ? TimeSpan.Zero : null),
        })
        .Build();

    /// <summary>Whether the fault may be over when the same is tried again later.</summary>
    public bool IsPassing(Exception fault) => IsPassing(fault, sql);

    /// <param name="transaction">Must begin, commit and dispose its own transaction.</param>
    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> transaction, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(
            static async (work, token) => await work(token), transaction, cancellationToken);

    // EF Core wraps what the engine says while it saves.
    private static bool IsPassing(Exception fault, IWebhooksSql sql) =>
        sql.IsTransient(fault is DbUpdateException { InnerException: { } inner } ? inner : fault);
}

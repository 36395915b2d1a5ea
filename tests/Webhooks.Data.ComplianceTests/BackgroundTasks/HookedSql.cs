using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>The real store; before each write transaction the test does something, or fails it.</summary>
/// <param name="beforeWrite">Given which write it is, from 1.</param>
internal sealed class HookedSql(IWebhooksSql store, Func<int, Task> beforeWrite) : IWebhooksSql
{
    private int _writes;

    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        await beforeWrite(++_writes);
        return await store.BeginWriteAsync(db, cancellationToken);
    }

    public Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) => store.BeginOutboxAsync(cancellationToken);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        store.ClaimAsync(request, cancellationToken);

    public Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.RecordAsync(records, now, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => store.GetUtcNowAsync(cancellationToken);

    public bool IsTransient(Exception fault) => fault is TimeoutException || store.IsTransient(fault);
}

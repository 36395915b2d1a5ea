using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>The real store; a write transaction that a test names dies just before its commit, with all that was done in it.</summary>
/// <param name="dies">Which one, from 1.</param>
internal sealed class CrashingSql(IWebhooksSql store, int dies) : IWebhooksSql
{
    private int _writes;

    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await store.BeginWriteAsync(db, cancellationToken);
        return ++_writes == dies ? new Dying(transaction) : transaction;
    }

    public Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) => store.BeginOutboxAsync(cancellationToken);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        store.ClaimAsync(request, cancellationToken);

    public Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.RecordAsync(records, now, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => store.GetUtcNowAsync(cancellationToken);

    public bool IsTransient(Exception fault) => store.IsTransient(fault);

    private sealed class Dying(IDbContextTransaction transaction) : IDbContextTransaction
    {
        public Guid TransactionId => transaction.TransactionId;

        public void Commit() => throw new TimeoutException("The process died.");

        public Task CommitAsync(CancellationToken cancellationToken = default) =>
            Task.FromException(new TimeoutException("The process died."));

        public void Rollback() => transaction.Rollback();

        public Task RollbackAsync(CancellationToken cancellationToken = default) => transaction.RollbackAsync(cancellationToken);

        public void Dispose() => transaction.Dispose();

        public ValueTask DisposeAsync() => transaction.DisposeAsync();
    }
}

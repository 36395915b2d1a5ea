using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Incidents;

/// <summary>The real store; at a write transaction that a test names the process dies: just before its commit, with all that was done in it, or just after.</summary>
/// <param name="dies">Which one, from 1.</param>
/// <param name="isAfter">Whether its commit is the last thing that happens, instead of the first that does not.</param>
internal sealed class CrashingSql(IWebhooksSql store, int dies, bool isAfter = false) : IWebhooksSql
{
    private int _writes;

    /// <summary>Whether it came to that.</summary>
    public bool HasDied { get; private set; }

    public async Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await store.BeginWriteAsync(db, cancellationToken);
        return ++_writes == dies ? new Dying(this, transaction) : transaction;
    }

    public Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) => store.BeginOutboxAsync(cancellationToken);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        store.ClaimAsync(request, cancellationToken);

    public Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.RecordAsync(records, now, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => store.GetUtcNowAsync(cancellationToken);

    // Who is dead does not try again.
    public bool IsTransient(Exception fault) => !HasDied && store.IsTransient(fault);

    private async Task DieAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        if (isAfter)
            await transaction.CommitAsync(cancellationToken);
        HasDied = true;
        throw new TimeoutException("The process died.");
    }

    private sealed class Dying(CrashingSql sql, IDbContextTransaction transaction) : IDbContextTransaction
    {
        public Guid TransactionId => transaction.TransactionId;

        public void Commit() => throw new NotSupportedException();

        public Task CommitAsync(CancellationToken cancellationToken = default) => sql.DieAsync(transaction, cancellationToken);

        public void Rollback() => transaction.Rollback();

        public Task RollbackAsync(CancellationToken cancellationToken = default) => transaction.RollbackAsync(cancellationToken);

        public void Dispose() => transaction.Dispose();

        public ValueTask DisposeAsync() => transaction.DisposeAsync();
    }
}

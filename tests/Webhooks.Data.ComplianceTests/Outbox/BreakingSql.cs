using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>The real store; the connection breaks while the first batch is being committed.</summary>
/// <param name="breaks">What becomes of that transaction, and its end.</param>
internal sealed class BreakingSql(IWebhooksSql store, Func<IOutboxTransaction, Task> breaks) : IWebhooksSql
{
    private readonly Func<IOutboxTransaction, Task> _breaks = breaks;
    private int _commits;

    public Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken) =>
        store.BeginWriteAsync(db, cancellationToken);

    public async Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) =>
        new Transaction(this, await store.BeginOutboxAsync(cancellationToken));

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        store.ClaimAsync(request, cancellationToken);

    public Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.RecordAsync(records, now, cancellationToken);

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => store.GetUtcNowAsync(cancellationToken);

    public bool IsTransient(Exception fault) => fault is TimeoutException || store.IsTransient(fault);

    private sealed class Transaction(BreakingSql sql, IOutboxTransaction transaction) : IOutboxTransaction
    {
        private bool _isBroken;

        public Task<OutboxSnapshot> ReadAsync(IReadOnlyList<PublishRequest> batch, CancellationToken cancellationToken) =>
            transaction.ReadAsync(batch, cancellationToken);

        public Task<IReadOnlyCollection<MessageId>> FindAsync(IReadOnlyList<MessageId> ids, CancellationToken cancellationToken) =>
            transaction.FindAsync(ids, cancellationToken);

        public Task WriteAsync(OutboxRows rows, CancellationToken cancellationToken) => transaction.WriteAsync(rows, cancellationToken);

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref sql._commits) > 1)
            {
                await transaction.CommitAsync(cancellationToken);
                return;
            }

            _isBroken = true;
            await sql._breaks(transaction);
            throw new TimeoutException("The connection is lost.");
        }

        public ValueTask DisposeAsync() => _isBroken ? ValueTask.CompletedTask : transaction.DisposeAsync();
    }
}

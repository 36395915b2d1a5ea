using Microsoft.EntityFrameworkCore.Storage;

namespace Webhooks.Data.PostgreSql;

/// <summary>A transaction whose commit is told to the other nodes.</summary>
internal sealed class PostgreSqlWriteTransaction(IDbContextTransaction transaction, CommitHint committed) : IDbContextTransaction
{
    public Guid TransactionId => transaction.TransactionId;

    public void Commit()
    {
        transaction.Commit();
        committed.Signal();
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await transaction.CommitAsync(cancellationToken);
        committed.Signal();
    }

    public void Rollback() => transaction.Rollback();
    public Task RollbackAsync(CancellationToken cancellationToken = default) => transaction.RollbackAsync(cancellationToken);
    public void Dispose() => transaction.Dispose();
    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}

using Microsoft.EntityFrameworkCore.Storage;

namespace Webhooks.Data.Sqlite;

/// <summary>A transaction that leaves the write gate when it is disposed.</summary>
internal sealed class SqliteWriteTransaction(IDbContextTransaction transaction, IDisposable turn) : IDbContextTransaction
{
    public Guid TransactionId => transaction.TransactionId;

    public void Commit() => transaction.Commit();
    public void Rollback() => transaction.Rollback();
    public Task CommitAsync(CancellationToken cancellationToken = default) => transaction.CommitAsync(cancellationToken);
    public Task RollbackAsync(CancellationToken cancellationToken = default) => transaction.RollbackAsync(cancellationToken);

    public void Dispose()
    {
        try
        {
            transaction.Dispose();
        }
        finally
        {
            turn.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            turn.Dispose(); // also when rolling back failed: a gate that stays shut would stop every later write
        }
    }
}

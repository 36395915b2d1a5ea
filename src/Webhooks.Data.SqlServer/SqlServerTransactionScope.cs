using System.Data;
using System.Data.Common;

namespace Webhooks.Data.SqlServer;

/// <summary>A transaction on a connection of its own. Disposing it without a commit rolls back.</summary>
internal sealed class SqlServerTransactionScope : IAsyncDisposable
{
    private readonly DbTransaction _transaction;

    private SqlServerTransactionScope(DbConnection connection, DbTransaction transaction) =>
        (Statements, _transaction) = (new SqlServerStatements(connection, transaction), transaction);

    public SqlServerStatements Statements { get; }

    public static async Task<SqlServerTransactionScope> BeginAsync(SqlServerDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken);
        try
        {
            // Said on purpose: a pooled connection may come with the isolation level of whoever had it last, and READPAST needs this one.
            return new SqlServerTransactionScope(
                connection, await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
        }
        catch (DbException)
        {
            // The connection is lost, and the server rolls back by itself. Not thrown on: it would hide the fault that brought us here.
        }
        finally
        {
            await Statements.DisposeAsync();
        }
    }
}

using Microsoft.Data.Sqlite;

namespace Webhooks.Data.Sqlite;

/// <summary>A transaction on the writer connection, inside the write gate. Disposing it without a commit rolls back.</summary>
internal sealed class SqliteTransactionScope : IDisposable
{
    private readonly IDisposable _turn;
    private readonly SqliteTransaction _transaction;

    private SqliteTransactionScope(SqliteStatements statements, IDisposable turn)
    {
        (Statements, _turn) = (statements, turn);
        Statements.Transaction = _transaction = statements.Connection.BeginTransaction();
    }

    public SqliteStatements Statements { get; }

    public static async Task<SqliteTransactionScope> BeginAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        var turn = await database.EnterWriteAsync(cancellationToken);
        try
        {
            return new SqliteTransactionScope(database.Writer, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        try
        {
            _transaction.Dispose();
        }
        finally
        {
            Statements.Transaction = null;
            _turn.Dispose();
        }
    }
}

namespace Webhooks.Data.Sqlite;

/// <summary>A transaction on the writer connection, inside the write gate. Disposing it without a commit rolls back.</summary>
internal sealed class SqliteTransactionScope : IDisposable
{
    private readonly IDisposable _turn;

    private SqliteTransactionScope(SqliteStatements statements, IDisposable turn)
    {
        (Statements, _turn) = (statements, turn);
        statements.Execute("BEGIN IMMEDIATE");
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

    public void Commit() => Statements.Execute("COMMIT");

    public void Dispose()
    {
        try
        {
            // Not after a commit, and not after a fault at which SQLite rolled back by itself.
            if (Statements.IsInTransaction)
                Statements.Execute("ROLLBACK");
        }
        finally
        {
            _turn.Dispose();
        }
    }
}

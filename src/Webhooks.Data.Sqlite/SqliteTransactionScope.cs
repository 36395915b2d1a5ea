using Microsoft.Data.Sqlite;

namespace Webhooks.Data.Sqlite;

/// <summary>A transaction on the writer connection, inside the write gate. Disposing it without a commit rolls back.</summary>
internal sealed class SqliteTransactionScope : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IDisposable _turn;

    private SqliteTransactionScope(SqliteDatabase database, IDisposable turn)
    {
        (_database, _turn, Statements) = (database, turn, database.Writer);
        Statements.Execute("BEGIN IMMEDIATE");
    }

    public SqliteStatements Statements { get; }

    public static async Task<SqliteTransactionScope> BeginAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        var turn = await database.EnterWriteAsync(cancellationToken);
        try
        {
            return new SqliteTransactionScope(database, turn);
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
        catch (SqliteException)
        {
            // Closing rolls back, too. Kept open, the connection would stay inside this transaction and refuse every later BEGIN. Not
            // thrown on: it would hide the fault that brought us here.
            _database.DropWriter();
        }
        finally
        {
            _turn.Dispose();
        }
    }
}

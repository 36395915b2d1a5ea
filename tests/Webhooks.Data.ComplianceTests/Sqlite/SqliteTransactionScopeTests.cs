using System.Runtime.CompilerServices;
using SQLitePCL;
using Webhooks.Data.Sqlite;

namespace Webhooks.Data.ComplianceTests.Sqlite;

public sealed class SqliteTransactionScopeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-");
    private readonly SqliteDatabase _database;

    public SqliteTransactionScopeTests() => _database = new SqliteDatabase(Path.Combine(_directory.FullName, "webhooks.db"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_RollbackFails_NextTransactionHasAConnectionOfItsOwn()
    {
        using (var scope = await SqliteTransactionScope.BeginAsync(_database, Cancel))
        {
            scope.Statements.Execute("CREATE TABLE undone (id)");
            RefuseRollback(scope.Statements);
        }

        using var next = await SqliteTransactionScope.BeginAsync(_database, Cancel);
        next.Statements.Execute("CREATE TABLE undone (id)"); // it would exist if the first had not been rolled back
        next.Commit();
    }

    private static void RefuseRollback(SqliteStatements statements) => raw.sqlite3_set_authorizer(
        Handle(statements),
        static (_, action, operation, _, _, _) =>
            action == raw.SQLITE_TRANSACTION && operation.utf8_to_string() == "ROLLBACK" ? raw.SQLITE_DENY : raw.SQLITE_OK,
        null);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handle")]
    private static extern ref sqlite3 Handle(SqliteStatements statements);

    public void Dispose()
    {
        _database.Dispose();
        _directory.Delete(recursive: true);
    }
}

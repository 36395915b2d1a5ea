using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>What only several nodes on one PostgreSQL database can show.</summary>
public abstract class PostgreSqlStoreTests(PostgreSqlStore store) : SharedStoreTests(store)
{
    protected PostgreSqlStore Store => store;

    private protected Node NewNode() => new(store.ConnectionString);

    private protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = store.Database.Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private protected async Task ExecuteAsync(string sql)
    {
        await using var command = store.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

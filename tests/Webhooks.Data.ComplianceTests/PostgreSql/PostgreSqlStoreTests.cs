using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>What only several nodes on one PostgreSQL database can show.</summary>
public abstract class PostgreSqlStoreTests(PostgreSqlStore store) : StoreTests(store)
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

    /// <summary>Starts all at the same moment, each on a thread of its own.</summary>
    private protected static Task<T[]> TogetherAsync<T>(params IEnumerable<Func<Task<T>>> actions)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = actions.Select(action => Task.Run(async () =>
        {
            await start.Task;
            return await action();
        })).ToList();
        start.SetResult();
        return Task.WhenAll(running);
    }
}

using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>What only engines have to do that several nodes share.</summary>
public abstract class SharedStoreTests(SharedStore store) : StoreTests(store)
{
    private protected SharedStore Shared => store;

    /// <summary>Another node's, with connections, ids and a clock of its own.</summary>
    private protected OutboxWriter NewWriter()
    {
        var sql = store.NewSql();
        return new OutboxWriter(
            sql, new DatabaseResilience(sql, TimeProvider.System), new IdGenerator(TimeProvider.System), new ContentFilterCache(), new(),
            TimeProvider.System, Options.Create(new OutboxOptions()));
    }

    /// <summary>Writes what another node has not committed yet.</summary>
    private protected async Task<WebhooksDbContext> BeginAsync(Func<WebhooksDbContext, Task> write)
    {
        var db = NewContext();
        await db.Database.BeginTransactionAsync(Cancel);
        await write(db);
        return db;
    }

    /// <summary>Returns as soon as a transaction waits for a row that another holds.</summary>
    private protected async Task OneWaitsAsync()
    {
        while (await store.CountWaitingAsync(Cancel) == 0)
            await Task.Yield();
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

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Sqlite;

/// <summary>Asks SQLite how it would go about a statement.</summary>
public abstract class SqlitePlans : IAsyncLifetime
{
    private readonly SqliteStore _store = new();

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected WebhooksDbContext NewContext() => _store.NewContext();

    private protected async Task<List<string>> PlanAsync<T>(Func<WebhooksDbContext, IQueryable<T>> query)
    {
        await using var db = _store.NewContext();
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = query(db).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        return await StepsAsync(command);
    }

    private protected async Task<List<string>> PlanAsync(string sql)
    {
        await using var connection = new SqliteConnection(_store.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        for (var i = 1; i <= 20; i++)
            command.Parameters.AddWithValue($"${i}", 1);
        command.Parameters.AddWithValue("@deadline", 1);
        command.Parameters.AddWithValue("@p", 1);
        return await StepsAsync(command);
    }

    private static async Task<List<string>> StepsAsync(DbCommand command)
    {
        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
            steps.Add(reader.GetString(3));
        return steps;
    }

    public async ValueTask InitializeAsync() => await _store.CreateAsync(Cancel);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _store.DisposeAsync();
    }
}

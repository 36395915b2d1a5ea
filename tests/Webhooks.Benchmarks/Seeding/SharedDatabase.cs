using Npgsql;

namespace Webhooks.Benchmarks.Seeding;

/// <summary>A fresh PostgreSQL database on the server that the environment names. It goes away with this object.</summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    /// <summary>The environment variable with a connection string whose user may create databases.</summary>
    public const string Variable = "WEBHOOKS_BENCHMARK_POSTGRES";

    private readonly string _name = $"webhooks_bench_{Guid.NewGuid():N}";
    private readonly string _server;

    private SharedDatabase(string server) => _server = server;

    /// <summary>For a node: two of them and their listeners fit into PostgreSQL's default of 100 connections.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _name, MaxPoolSize = 40 }.ConnectionString;

    public static async Task<SharedDatabase> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"{Variable} must be a connection string of a PostgreSQL server.");
        var database = new SharedDatabase(server);
        await database.RunAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await RunAsync($"DROP DATABASE {_name} WITH (FORCE)");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

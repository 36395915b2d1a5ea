using Npgsql;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// An empty database on the server that <c>WEBHOOKS_TEST_POSTGRES</c> names (a connection string of somebody who may create databases).
/// Without it the test skips, unless <c>WEBHOOKS_TEST_REQUIRE</c> has <c>postgres</c>.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "WEBHOOKS_TEST_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"webhooks_nodes_{Guid.NewGuid():n}";

    private TestDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server))
            Tools.Missing("postgres", $"{Variable} names no server");
        var database = new TestDatabase(server!);
        await database.ExecuteAsync($"CREATE DATABASE {database._name}", cancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

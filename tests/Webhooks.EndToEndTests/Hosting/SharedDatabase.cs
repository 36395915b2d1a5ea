using System.Security.Cryptography;
using Npgsql;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>
/// An empty database on the PostgreSQL server that <c>WEBHOOKS_TEST_POSTGRES</c> names, and the nodes that share it; all are gone at the end.
/// Without a server the test skips, or fails where it is required.
/// </summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    private const string ServerVariable = "WEBHOOKS_TEST_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"webhooks_e2e_{Guid.NewGuid():n}";
    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<ServerHome> _homes = [];
    private readonly List<ServerProcess> _nodes = [];

    private SharedDatabase(string server) => _server = server;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public static async Task<SharedDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable);
        if (string.IsNullOrEmpty(server))
            Tools.Missing("postgres", $"{ServerVariable} names no server");

        var database = new SharedDatabase(server!);
        await ExecuteAsync(server!, $"CREATE DATABASE {database._name}", cancellationToken);
        return database;
    }

    /// <summary>What a node on another machine would have: a folder and a port of its own, and the settings that all share.</summary>
    public ServerHome NewHome(params IEnumerable<(string Variable, string Value)> settings)
    {
        var home = new ServerHome();
        _homes.Add(home);
        home.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        home.Settings["Webhooks__Storage__Provider"] = "PostgreSql";
        home.Settings["ConnectionStrings__Webhooks"] = ConnectionString;
        home.Settings["Webhooks__Security__MasterKey"] = _masterKey;
        home.Settings["Webhooks__Delivery__AllowedNetworks__0"] = "127.0.0.0/8";
        foreach (var (variable, value) in settings)
            home.Settings[variable] = value;
        return home;
    }

    /// <summary>Starts a node, which need not be ready yet.</summary>
    public ServerProcess Start(ServerHome home, params IEnumerable<string> arguments)
    {
        var node = ServerProcess.Start(home, arguments);
        _nodes.Add(node);
        return node;
    }

    public async Task<ServerProcess> StartReadyAsync(ServerHome home, CancellationToken cancellationToken)
    {
        var node = Start(home);
        await node.ReadyAsync(cancellationToken);
        return node;
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => ExecuteAsync(ConnectionString, sql, cancellationToken);

    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _homes.ForEach(home => home.Dispose());
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

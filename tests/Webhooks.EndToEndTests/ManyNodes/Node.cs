using Npgsql;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.EndToEndTests.Load;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>One of several servers on the same database; started again it is another process with the same settings.</summary>
internal sealed class Node : IAsyncDisposable
{
    // Three nodes with two pools each (the store's and the jobs') beside all else that tests do on a server of 200 connections.
    private const int MaxPoolSize = 15;

    private readonly ServerHome _home = new();

    public Node(NodeSetup setup)
    {
        LoadedEndpoints.Set(_home.Settings);
        _home.Settings["Webhooks__Storage__Provider"] = "PostgreSql";
        _home.Settings["ConnectionStrings__Webhooks"] =
            new NpgsqlConnectionStringBuilder(setup.ConnectionString) { MaxPoolSize = MaxPoolSize }.ConnectionString;
        foreach (var (name, value) in setup.Settings)
            _home.Settings[name] = value;
        Server = ServerProcess.Start(_home);
    }

    public ServerProcess Server { get; private set; }

    public Api Api => new(_home.Address, ServerHome.BootstrapKey);

    /// <summary>Whether that is the name of this process in leases and attempts.</summary>
    public bool IsNamed(string name) => IsNamed(Server.Id, name);

    /// <inheritdoc cref="IsNamed(string)"/>
    public static bool IsNamed(int process, string name) => name.Contains($"-{process}-", StringComparison.Ordinal);

    /// <summary>Starts it again; it may not be ready yet.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = ServerProcess.Start(_home);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _home.Dispose();
    }
}

/// <summary>How a node reaches the database, and what it is set to beside that.</summary>
internal sealed record NodeSetup(string ConnectionString, IReadOnlyDictionary<string, string?> Settings);

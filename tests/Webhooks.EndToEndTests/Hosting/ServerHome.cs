namespace Webhooks.EndToEndTests.Hosting;

/// <summary>What stays the same when the server is started again: its folder, its port and its settings. Removed at the end.</summary>
internal sealed class ServerHome : IDisposable
{
    public const string BootstrapKey = "end-to-end-tests-bootstrap-key-0123456789";

    public ServerHome()
    {
        Address = new Uri($"http://127.0.0.1:{Port}");
        Settings = new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Address.ToString().TrimEnd('/'),
            ["Webhooks__DataDirectory"] = DataDirectory,
            ["Webhooks__Auth__BootstrapKey"] = BootstrapKey,
        };
    }

    /// <summary>The server's working directory.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("webhooks-e2e-").FullName;

    public string DataDirectory => Path.Combine(Folder, "data");

    public string DatabaseFile => Path.Combine(DataDirectory, "webhooks.db");

    public int Port { get; } = Loopback.FreePort();

    public Uri Address { get; }

    /// <summary>Environment variables; null for one that must not be set.</summary>
    public Dictionary<string, string?> Settings { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

using System.Collections;
using System.Net;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>The real server: its build output, in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LookFor = TimeSpan.FromSeconds(5);
    private static readonly string[] OwnPrefixes = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "URLS", "ConnectionStrings__", "Webhooks__"];

    private readonly ChildProcess _process;
    private readonly Uri _health;

    private ServerProcess(ChildProcess process, Uri address) => (_process, _health) = (process, new Uri(address, "/health/live"));

    public int Id => _process.Id;

    public string Output => _process.Output;

    public string StandardOutput => _process.StandardOutput;

    public string StandardError => _process.StandardError;

    /// <summary>Returns at once; the server may not listen yet, or end by itself.</summary>
    public static ServerProcess Start(ServerHome home, params IEnumerable<string> arguments)
    {
        var environment = InheritedSettings().ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in home.Settings)
            environment[name] = value;

        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new(ChildProcess.Start(dotnet, ["exec", BuildPaths.ServerDll, .. arguments], home.Folder, environment), home.Address);
    }

    public static async Task<ServerProcess> StartReadyAsync(ServerHome home, CancellationToken cancellationToken)
    {
        var server = Start(home);
        try
        {
            await server.ReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it answers.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        Eventually.TrueAsync(IsHealthyAsync, ReadyWithin, LookEvery, () => $"The server is not ready. It printed:\n{Output}", cancellationToken);

    /// <summary>SIGTERM; returns the exit code.</summary>
    public Task<int> StopAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        _process.Terminate();
        return _process.ExitAsync(within, cancellationToken);
    }

    /// <summary>Waits for a server that ends by itself; returns the exit code.</summary>
    public Task<int> ExitAsync(TimeSpan within, CancellationToken cancellationToken) => _process.ExitAsync(within, cancellationToken);

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The server ended before it was ready. It printed:\n{Output}");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookFor);
        try
        {
            using var response = await TestHttp.Client.GetAsync(_health, limit.Token);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What the developer's shell sets for a server must not reach the one under test.</summary>
    private static IEnumerable<string> InheritedSettings() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key)
            .Where(name => OwnPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}

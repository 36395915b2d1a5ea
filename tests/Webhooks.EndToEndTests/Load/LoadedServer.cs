using Webhooks.EndToEndTests.Hosting;
using Webhooks.EndToEndTests.Ledger;

namespace Webhooks.EndToEndTests.Load;

/// <summary>A server, its subscribers and its publishers: what the crash and the stop tests start from.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    private const int PublisherCount = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DrainedWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(30);

    private readonly ServerHome _home;
    private readonly LoadedEndpoints _endpoints;

    private LoadedServer(ServerHome home, LoadedEndpoints endpoints, int seed)
    {
        (_home, _endpoints) = (home, endpoints);
        Publishers = new Publishers([Api], LoadedEndpoints.Application, LoadedEndpoints.EventTypes, seed);
        Server = ServerProcess.Start(home);
    }

    public ServerProcess Server { get; private set; }

    public Publishers Publishers { get; }

    private Api Api => new(_home.Address, ServerHome.BootstrapKey);

    public static async Task<LoadedServer> StartAsync(int seed, TimeSpan slowest, CancellationToken cancellationToken)
    {
        var home = new ServerHome();
        LoadedEndpoints.Set(home.Settings);
        var loaded = new LoadedServer(home, await LoadedEndpoints.StartAsync(seed, slowest, cancellationToken), seed);
        await loaded.Server.ReadyAsync(cancellationToken);
        await loaded._endpoints.SubscribeAsync(loaded.Api, cancellationToken);
        loaded.Publishers.Start(PublisherCount, Pause, cancellationToken);
        return loaded;
    }

    /// <summary>Starts it again, on the same data directory; it may not be ready yet.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = ServerProcess.Start(_home);
    }

    /// <summary>Ends publishing, waits until nothing is on its way but to the dead endpoint, reads the service's books, stops it and opens ours.</summary>
    public async Task<Books> SettleAsync(CancellationToken cancellationToken)
    {
        await Server.ReadyAsync(cancellationToken);
        await Publishers.FinishAsync();
        var outbox = Outbox.OfFile(_home.DatabaseFile);
        await Eventually.TrueAsync(
            _ => Task.FromResult(outbox.Unfinished([_endpoints.Dead.Id]) == 0), DrainedWithin, TimeSpan.FromMilliseconds(500),
            () => $"{outbox.Unfinished([_endpoints.Dead.Id])} deliveries are still on their way. The server printed:\n{Server.Output}",
            cancellationToken);

        // Its own books must say the same as ours.
        await LedgerReading.BalancesAsync(
            Api, outbox.Deliveries().Count, since: TimeProvider.System.GetUtcNow(), () => Server.Output, cancellationToken);
        (await Server.StopAsync(StoppedWithin, cancellationToken)).ShouldBe(0, Server.Output);
        return new Books(Publishers.Published, _endpoints.All, outbox);
    }

    /// <summary>Waits until that many more events were accepted: then it is under load again.</summary>
    public Task AcceptedAsync(int more, CancellationToken cancellationToken) =>
        Publishers.AcceptedAsync(more, () => Server.Output, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _endpoints.DisposeAsync();
        _home.Dispose();
    }
}

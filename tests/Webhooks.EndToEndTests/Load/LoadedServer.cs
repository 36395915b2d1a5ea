using System.Net;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Load;

/// <summary>A server, its subscribers and its publishers: what the crash and the stop tests start from.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    private const string Application = "acme";
    private const int PublisherCount = 8;

    private static readonly TimeSpan DrainedWithin = TimeSpan.FromSeconds(90);
    private static readonly string[] EventTypes = ["order.created", "order.paid"];

    private readonly ServerHome _home;
    private readonly Subscriber _subscriber;
    private readonly Random _random;

    private LoadedServer(ServerHome home, Subscriber subscriber, int seed)
    {
        (_home, _subscriber, _random) = (home, subscriber, new Random(seed));
        Publishers = new Publishers(new Api(home.Address, ServerHome.BootstrapKey), Application, EventTypes, seed);
        Server = ServerProcess.Start(home);
    }

    public ServerProcess Server { get; private set; }

    public Publishers Publishers { get; }

    /// <summary>All endpoints, and one among them that nothing listens at.</summary>
    public List<SubscribedEndpoint> Endpoints { get; } = [];

    private SubscribedEndpoint Dead { get; } = new("dead", new Uri($"http://127.0.0.1:{Loopback.FreePort()}/"), (_, _) => Task.FromResult(0));

    public static async Task<LoadedServer> StartAsync(int seed, TimeSpan slowest, CancellationToken cancellationToken)
    {
        var home = new ServerHome();
        home.Settings["Webhooks__Delivery__RetrySchedule__0"] = "00:00:01";
        home.Settings["Webhooks__Delivery__RetrySchedule__1"] = "00:00:02";
        home.Settings["Webhooks__Delivery__RetrySchedule__2"] = "00:10:00";
        home.Settings["Webhooks__Delivery__MaxInFlightPerEndpoint"] = "40";
        home.Settings["Logging__LogLevel__Default"] = "Warning";
        var loaded = new LoadedServer(home, await Subscriber.StartAsync(cancellationToken), seed);
        await loaded.Server.ReadyAsync(cancellationToken);
        await loaded.SubscribeAsync(slowest, cancellationToken);
        loaded.Publishers.Start(PublisherCount, cancellationToken);
        return loaded;
    }

    /// <summary>Starts it again, on the same data directory; it may not be ready yet.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = ServerProcess.Start(_home);
    }

    /// <summary>Ends publishing, waits until nothing is on its way but to the dead endpoint, stops the server and opens the books.</summary>
    public async Task<Books> SettleAsync(CancellationToken cancellationToken)
    {
        await Server.ReadyAsync(cancellationToken);
        await Publishers.FinishAsync();
        var outbox = new Outbox(_home.DatabaseFile);
        await Eventually.TrueAsync(
            _ => Task.FromResult(outbox.Unfinished([Dead.Id]) == 0), DrainedWithin, TimeSpan.FromMilliseconds(500),
            () => $"{outbox.Unfinished([Dead.Id])} deliveries are still on their way. The server printed:\n{Server.Output}", cancellationToken);
        (await Server.StopAsync(TimeSpan.FromSeconds(30), cancellationToken)).ShouldBe(0, Server.Output);
        return new Books(Publishers.Published, Endpoints, outbox);
    }

    /// <summary>Waits until that many more events were accepted: then it is under load again.</summary>
    public Task AcceptedAsync(int more, CancellationToken cancellationToken)
    {
        var enough = Publishers.Accepted + more;
        return Eventually.TrueAsync(
            () => Publishers.Accepted >= enough, TimeSpan.FromSeconds(60), () => $"No events are accepted. The server printed:\n{Server.Output}",
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _subscriber.DisposeAsync();
        _home.Dispose();
    }

    private async Task SubscribeAsync(TimeSpan slowest, CancellationToken cancellationToken)
    {
        Endpoints.Add(_subscriber.Add("quick", (_, _) => Task.FromResult(204)));
        Endpoints.Add(_subscriber.Add("slow", (_, _) => AnswerAsync(200, slowest)));
        Endpoints.Add(_subscriber.Add("orders", (_, _) => AnswerAsync(200, slowest / 4), EventTypes[0]));
        Endpoints.Add(_subscriber.Add("moody", (_, attempt) => AnswerAsync(attempt == 1 && Draw() < 0.05 ? 500 : 200, slowest / 4)));
        Endpoints.Add(Dead);

        var api = new Api(_home.Address, ServerHome.BootstrapKey);
        foreach (var type in EventTypes)
            await api.PostAsync("/event-type", new { name = type, description = type }, HttpStatusCode.Created, cancellationToken);
        await api.PostAsync("/app", new { name = "Acme", uid = Application }, HttpStatusCode.Created, cancellationToken);
        foreach (var endpoint in Endpoints)
            await api.CreateEndpointAsync(Application, endpoint, cancellationToken);
    }

    private async Task<int> AnswerAsync(int status, TimeSpan slowest)
    {
        await Task.Delay(slowest * Draw(), TimeProvider.System);
        return status;
    }

    private double Draw()
    {
        lock (_random)
            return _random.NextDouble();
    }
}

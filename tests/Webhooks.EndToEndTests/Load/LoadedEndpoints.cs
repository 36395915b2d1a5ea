using System.Net;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Load;

/// <summary>Endpoints of every temper, one that allows few attempts at once, and one that nothing listens at.</summary>
internal sealed class LoadedEndpoints : IAsyncDisposable
{
    public const string Application = "acme";

    /// <summary>What the server must be set to for endpoints that set no cap of their own.</summary>
    public const int MaxInFlight = 40;

    public static readonly IReadOnlyList<string> EventTypes = ["order.created", "order.paid"];

    private readonly Subscriber _subscriber;
    private readonly Random _random;

    private LoadedEndpoints(Subscriber subscriber, TimeSpan slowest, int seed)
    {
        (_subscriber, _random) = (subscriber, new Random(seed));
        All =
        [
            subscriber.Add("quick", (_, _) => Task.FromResult(204)),
            subscriber.Add("slow", (_, _) => AnswerAsync(200, slowest)),
            subscriber.Add("orders", (_, _) => AnswerAsync(200, slowest / 4), EventTypes[0]),
            subscriber.Add("narrow", (_, _) => AnswerAsync(200, slowest / 8), EventTypes[1], maxInFlight: 3),
            subscriber.Add("moody", (_, attempt) => AnswerAsync(attempt == 1 && Draw() < 0.05 ? 500 : 200, slowest / 4), maxInFlight: 12),
            Dead,
        ];
    }

    public IReadOnlyList<SubscribedEndpoint> All { get; }

    public SubscribedEndpoint Dead { get; } =
        new("dead", new Uri($"http://127.0.0.1:{Loopback.FreePort()}/"), (_, _) => Task.FromResult(0));

    /// <summary>What nodes are to be set to, so that a test sees retries of all kinds while it runs.</summary>
    public static void Set(IDictionary<string, string?> settings)
    {
        settings["Webhooks__Delivery__RetrySchedule__0"] = "00:00:01";
        settings["Webhooks__Delivery__RetrySchedule__1"] = "00:00:02";
        settings["Webhooks__Delivery__RetrySchedule__2"] = "00:10:00";
        settings["Webhooks__Delivery__MaxInFlightPerEndpoint"] = $"{MaxInFlight}";
        settings["Logging__LogLevel__Default"] = "Warning";
    }

    /// <param name="slowest">How long an answer takes at most.</param>
    public static async Task<LoadedEndpoints> StartAsync(int seed, TimeSpan slowest, CancellationToken cancellationToken) =>
        new(await Subscriber.StartAsync(cancellationToken), slowest, seed);

    public async Task SubscribeAsync(Api api, CancellationToken cancellationToken)
    {
        foreach (var type in EventTypes)
            await api.PostAsync("/event-type", new { name = type, description = type }, HttpStatusCode.Created, cancellationToken);
        await api.PostAsync("/app", new { name = "Acme", uid = Application }, HttpStatusCode.Created, cancellationToken);
        foreach (var endpoint in All)
            await api.CreateEndpointAsync(Application, endpoint, cancellationToken);
    }

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();

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

using System.Net;
using Webhooks.Core.Tests.Receivers;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.EndToEndTests.Ledger;
using Webhooks.EndToEndTests.Load;
using Webhooks.EndToEndTests.ManyNodes;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>
/// A server whose subscribers fail again and again, those who are told of it over two channels, and one who acts on it. All but the server
/// live in the test's own process.
/// </summary>
internal sealed class TroubledServer : IAsyncDisposable
{
    private const string Application = "acme";
    private const int Subscribers = 6;

    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(30);

    // One message is under way to a channel at a time, so a kill often meets it; and no two draw at once.
    private static readonly TimeSpan SlowestAnswer = TimeSpan.FromSeconds(2);

    // Longer than a dead worker holds what it was telling, and than two steps of the policy.
    private static readonly TimeSpan Downtime = TimeSpan.FromMinutes(3);

    private readonly ServerHome _home;
    private readonly Subscriber _subscriber;
    private readonly AlertReceiver _alerts;
    private readonly SmtpReceiver _mails = SmtpReceiver.Start();
    private readonly IReadOnlyList<ToggledSubscriber> _subscribers;
    private readonly Publishers _publishers;
    private readonly Outbox _outbox;

    private TroubledServer(ServerHome home, Subscriber subscriber, AlertReceiver alerts, int seed)
    {
        (_home, _subscriber, _alerts, _outbox) = (home, subscriber, alerts, Outbox.OfFile(home.DatabaseFile));
        _subscribers = [.. Enumerable.Range(1, Subscribers).Select(number => new ToggledSubscriber(subscriber, $"shop-{number}"))];
        _publishers = new Publishers([Api], Application, ["order.created"], seed);
        OnCall = new OnCall(Api, _subscribers, seed);
        Server = ServerProcess.Start(home);
    }

    public ServerProcess Server { get; private set; }

    public OnCall OnCall { get; }

    private Api Api => new(_home.Address, ServerHome.BootstrapKey);

    public static async Task<TroubledServer> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var home = new ServerHome();
        home.Settings["Logging__LogLevel__Default"] = "Warning";
        home.Settings["Webhooks__Notifications__AllowPlaintext"] = "true";
        home.Settings["Webhooks__Notifications__AllowedNetworks__0"] = "127.0.0.0/8";
        home.Settings["Webhooks__Notifications__MessagesPerMinute"] = "1000"; // how storms are told is another test's business
        home.Settings["Webhooks__Delivery__CircuitBreak"] = "00:00:01"; // what waits would only make the test longer
        foreach (var (name, value) in LoadedCluster.ShortLeases)
            home.Settings[name] = value;

        var random = new Random(seed);
        var alerts = await AlertReceiver.StartAsync(() => SlowestAnswer * random.NextDouble(), cancellationToken);
        var troubled = new TroubledServer(home, await Subscriber.StartAsync(cancellationToken), alerts, seed);
        await troubled.Server.ReadyAsync(cancellationToken);
        await troubled.GivenAsync(cancellationToken);
        troubled._publishers.Start(1, TimeSpan.FromMilliseconds(100), cancellationToken);
        troubled.OnCall.Start(cancellationToken);
        return troubled;
    }

    /// <inheritdoc cref="AlertReceiver.ComesAsync"/>
    public Task AlertComesAsync(TimeSpan within, CancellationToken cancellationToken) => _alerts.ComesAsync(within, cancellationToken);

    /// <summary>SIGKILL; then it is started again, long after as far as its incidents can tell. It may not be ready yet.</summary>
    public async Task KillAsync()
    {
        await Server.KillAsync();
        _outbox.LetPass(Downtime);
        await RestartAsync();
    }

    /// <summary>Ends publishing and acting, waits until everybody knows what there is to know, starts it once more and reads its records.</summary>
    public async Task<TellingBooks> SettleAsync(CancellationToken cancellationToken)
    {
        await Server.ReadyAsync(cancellationToken);
        await Task.WhenAll(_publishers.FinishAsync(), OnCall.FinishAsync());
        foreach (var subscriber in _subscribers)
            subscriber.IsWell = true;
        await ToldAsync(cancellationToken);
        (await Server.StopAsync(StoppedWithin, cancellationToken)).ShouldBe(0, Server.Output);

        var since = TimeProvider.System.GetUtcNow();
        await RestartAsync();
        await Server.ReadyAsync(cancellationToken);
        await LedgerReading.BalancesAsync(Api, _outbox.Deliveries().Count, since, () => Server.Output, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _subscriber.DisposeAsync();
        await _alerts.DisposeAsync();
        await _mails.DisposeAsync();
        _home.Dispose();
    }

    private Task ToldAsync(CancellationToken cancellationToken) => Eventually.TrueAsync(
        _ => Task.FromResult(Left() == (0, new Outbox.UntoldRow(0, 0, 0))), SettledWithin, TimeSpan.FromMilliseconds(250),
        () => $"Not everything is told yet: {Left()}. The server printed:\n{Server.Output}", cancellationToken);

    private (long Unfinished, Outbox.UntoldRow Untold) Left() => (_outbox.Unfinished([]), _outbox.Untold(TimeProvider.System.GetUtcNow()));

    private async Task<TellingBooks> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await ToldAsync(cancellationToken);
            var books = await TellingBooks.ReadAsync(Api, () => [.. _alerts.Ids, .. _mails.Mails.Select(IdOf)], cancellationToken);
            if (!books.IsStillTelling) // an incident may end by itself while it is read, which is told, too
                return books;
        }
    }

    private async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = ServerProcess.Start(_home);
    }

    private async Task GivenAsync(CancellationToken cancellationToken)
    {
        var chat = await CreateAsync(
            "/channel", new { name = "Chat", type = "webhook", settings = new { url = _alerts.Url, secret = _alerts.Secret } }, cancellationToken);
        var mail = await CreateAsync(
            "/channel", new { name = "Mail", type = "email", settings = Mailbox() }, cancellationToken);
        var steps = new[] { new { afterMinutes = 0, channels = new[] { chat } }, new { afterMinutes = 1, channels = new[] { mail } } };
        await CreateAsync("/escalation-policy", new { name = "On call", steps, repeatEveryMinutes = 5 }, cancellationToken);
        await Api.PostAsync(
            "/event-type", new { name = "order.created", description = "An order." }, HttpStatusCode.Created, cancellationToken);
        await Api.PostAsync("/app", new { name = "Acme", uid = Application }, HttpStatusCode.Created, cancellationToken);
        foreach (var endpoint in _subscribers.Select(subscriber => subscriber.Endpoint))
            await CreateAsync(
                $"/app/{Application}/endpoint",
                new { url = endpoint.Url, secret = endpoint.Secret, retryScheduleSeconds = Array.Empty<int>() }, cancellationToken);
    }

    private object Mailbox() =>
        new { host = "127.0.0.1", port = _mails.Port, security = "none", from = "webhooks@example.com", to = new[] { "ada@example.com" } };

    private async Task<string> CreateAsync(string path, object body, CancellationToken cancellationToken) =>
        (await Api.PostAsync(path, body, HttpStatusCode.Created, cancellationToken)).GetProperty("id").GetString()!;

    private static string IdOf(string mail) => mail.Split('\n')
        .First(line => line.StartsWith("Message-Id: <", StringComparison.OrdinalIgnoreCase))["Message-Id: <".Length..].Split('@')[0];
}

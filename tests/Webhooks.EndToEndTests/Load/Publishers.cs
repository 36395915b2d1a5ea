using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Load;

/// <summary>
/// Publishers that do what the contract asks of them: each event has an idempotency key, and is sent again with it until a 202 arrives.
/// </summary>
/// <param name="nodes">Each publisher keeps to one of them until it fails, and goes on with the next.</param>
internal sealed class Publishers(IReadOnlyList<Api> nodes, string application, IReadOnlyList<string> eventTypes, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AcceptedWithin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<PublishedEvent> _published = [];
    private volatile bool _noMore;
    private int _accepted;
    private int _sent;
    private Task _work = Task.CompletedTask;

    /// <summary>How many events were answered 202 so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many requests that took, lost ones included.</summary>
    public int Sent => Volatile.Read(ref _sent);

    public IReadOnlyCollection<PublishedEvent> Published => _published;

    /// <param name="pause">What each rests between two events.</param>
    public void Start(int count, TimeSpan pause, CancellationToken cancellationToken) => _work = Task.WhenAll(
        Enumerable.Range(0, count).Select(number => Task.Run(() => RunAsync(number, pause, cancellationToken), cancellationToken)));

    /// <summary>Waits until that many more events were accepted: then the servers are under load.</summary>
    /// <param name="output">What they printed.</param>
    public Task AcceptedAsync(int more, Func<string> output, CancellationToken cancellationToken)
    {
        var enough = Accepted + more;
        return Eventually.TrueAsync(
            () => Accepted >= enough, AcceptedWithin, () => $"Too few events are accepted. The servers printed:\n{output()}",
            cancellationToken);
    }

    /// <summary>Begins no new event, and returns when each that was begun is accepted.</summary>
    public Task FinishAsync()
    {
        _noMore = true;
        return _work;
    }

    private async Task RunAsync(int number, TimeSpan pause, CancellationToken cancellationToken)
    {
        var turn = new Turn(new Random(seed + number), number);
        for (var i = 0; !_noMore; i++)
        {
            await PublishAsync($"publisher-{number}-event-{i}", turn, cancellationToken);
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task PublishAsync(string key, Turn turn, CancellationToken cancellationToken)
    {
        var random = turn.Random;
        var eventType = eventTypes[random.Next(eventTypes.Count)];
        // Blanks and escapes that writing the JSON anew would lose.
        var payload = $$"""{ "key":"{{key}}",  "amount": 1.50, "text": "\u00e9 / é", "noise": "{{new string('x', random.Next(400))}}" }""";
        var body = $$"""{"eventType":"{{eventType}}","payload":{{payload}}}""";

        var id = await UntilAcceptedAsync(key, body, turn, cancellationToken);
        if (random.Next(20) == 0)
        {
            var again = await UntilAcceptedAsync(key, body, turn, cancellationToken);
            again.ShouldBe(id, "a retransmission is answered with the same message");
        }

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(payload)));
        _published.Add(new PublishedEvent(key, id, eventType, hash));
        Interlocked.Increment(ref _accepted);
    }

    private async Task<string> UntilAcceptedAsync(string key, string body, Turn turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Now and then a publisher that loses patience: the event may have been accepted, and it does not know.
            var within = turn.Random.Next(30) == 0 ? TimeSpan.FromMilliseconds(turn.Random.Next(1, 10)) : Patience;
            if (await TryPublishAsync(nodes[turn.Node % nodes.Count], key, body, within, cancellationToken) is { } id)
                return id;
            turn.Node++;
            await Task.Delay(PauseAfterFailure * turn.Random.NextDouble(), TimeProvider.System, cancellationToken);
        }
    }

    private async Task<string?> TryPublishAsync(Api api, string key, string body, TimeSpan within, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sent);
        try
        {
            using var response = await api.SendAsync(HttpMethod.Post, $"/app/{application}/msg", body, key, within, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.Accepted)
                return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();

            var mayTryAgain = response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500;
            mayTryAgain.ShouldBeTrue($"{(int)response.StatusCode} {text}");
            return null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Where one publisher is.</summary>
    private sealed class Turn(Random random, int node)
    {
        public Random Random => random;

        public int Node { get; set; } = node;
    }
}

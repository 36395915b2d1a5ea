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
internal sealed class Publishers(Api api, string application, IReadOnlyList<string> eventTypes, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

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

    public void Start(int count, CancellationToken cancellationToken) =>
        _work = Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(() => RunAsync(number, cancellationToken), cancellationToken)));

    /// <summary>Begins no new event, and returns when each that was begun is accepted.</summary>
    public Task FinishAsync()
    {
        _noMore = true;
        return _work;
    }

    private async Task RunAsync(int number, CancellationToken cancellationToken)
    {
        var random = new Random(seed + number);
        for (var i = 0; !_noMore; i++)
        {
            await PublishAsync($"publisher-{number}-event-{i}", random, cancellationToken);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task PublishAsync(string key, Random random, CancellationToken cancellationToken)
    {
        var eventType = eventTypes[random.Next(eventTypes.Count)];
        // Blanks and escapes that writing the JSON anew would lose.
        var payload = $$"""{ "key":"{{key}}",  "amount": 1.50, "text": "\u00e9 / é", "noise": "{{new string('x', random.Next(400))}}" }""";
        var body = $$"""{"eventType":"{{eventType}}","payload":{{payload}}}""";

        var id = await UntilAcceptedAsync(key, body, random, cancellationToken);
        if (random.Next(20) == 0)
            (await UntilAcceptedAsync(key, body, random, cancellationToken)).ShouldBe(id, "a retransmission is answered with the same message");

        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(payload)));
        _published.Add(new PublishedEvent(key, id, eventType, hash));
        Interlocked.Increment(ref _accepted);
    }

    private async Task<string> UntilAcceptedAsync(string key, string body, Random random, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Now and then a publisher that loses patience: the event may have been accepted, and it does not know.
            var within = random.Next(30) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 10)) : Patience;
            if (await TryPublishAsync(key, body, within, cancellationToken) is { } id)
                return id;
            await Task.Delay(PauseAfterFailure * random.NextDouble(), TimeProvider.System, cancellationToken);
        }
    }

    private async Task<string?> TryPublishAsync(string key, string body, TimeSpan within, CancellationToken cancellationToken)
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
}

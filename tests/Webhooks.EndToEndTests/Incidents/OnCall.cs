using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>
/// Somebody who is told, and who acts at random: acknowledges, resolves, replays, discards, and lets subscribers get well and ill. Whoever
/// gets no answer goes on with something else; what the request did is on record.
/// </summary>
internal sealed class OnCall(Api api, IReadOnlyList<ToggledSubscriber> subscribers, int seed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private volatile bool _noMore;
    private Task _work = Task.CompletedTask;

    /// <summary>How many decisions were answered.</summary>
    public int Decisions { get; private set; }

    public void Start(CancellationToken cancellationToken) => _work = Task.Run(() => RunAsync(cancellationToken), cancellationToken);

    public Task FinishAsync()
    {
        _noMore = true;
        return _work;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!_noMore)
        {
            try
            {
                await ActAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The server was killed, or is not up yet.
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        switch (_random.Next(10))
        {
            case 0:
                var subscriber = subscribers[_random.Next(subscribers.Count)];
                subscriber.IsWell = !subscriber.IsWell;
                break;
            case 1:
                await DecideAsync("/incident?state=open", "/incident/{0}/acknowledge", new { by = "Ada" }, cancellationToken);
                break;
            case 2 when _random.Next(3) == 0:
                await DecideAsync("/incident?state=unresolved", "/incident/{0}/resolve", new { by = "Ada" }, cancellationToken);
                break;
            case < 7:
                await DecideAsync("/dead-letter?state=undecided", "/dead-letter/{0}/replay", new { }, cancellationToken);
                break;
            default:
                await DecideAsync("/dead-letter?state=undecided", "/dead-letter/{0}/discard", new { reason = "A test." }, cancellationToken);
                break;
        }
    }

    private async Task DecideAsync(string list, string path, object body, CancellationToken cancellationToken)
    {
        // What has no incident yet is nothing that anybody was told of.
        var candidates = (await api.GetAsync(list, cancellationToken)).GetProperty("data").EnumerateArray()
            .Where(item => !item.TryGetProperty("incidentId", out var incident) || incident.ValueKind != JsonValueKind.Null).ToList();
        if (candidates.Count == 0)
            return;

        var id = candidates[_random.Next(candidates.Count)].GetProperty("id").GetString();
        using var response = await api.SendAsync(
            HttpMethod.Post, path.Replace("{0}", id, StringComparison.Ordinal), JsonSerializer.Serialize(body), null, Patience, cancellationToken);
        ((int)response.StatusCode).ShouldBeLessThan(500, path);
        Decisions++;
    }
}

using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Order holds while many publish, claim and record at once.</summary>
public abstract class OrderedConcurrencyTests(Store store) : StoreTests(store)
{
    private const int Workers = 4;
    private const int Messages = 400;

    private static readonly string?[] Keys = ["a", "b", "c", null];

    private readonly ConcurrentQueue<(string Key, long Sequence)> _started = new();
    private readonly ConcurrentDictionary<string, DeliveryId> _underWay = new();
    private readonly ConcurrentQueue<string> _overlaps = new();

    [Fact]
    public async Task Work_ManyPublishersAndWorkers_EachKeyGoesOneByOneInTheOrderOfAcceptance()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Ordered, e.MaxInFlight) = (true, 100));

        var publishing = Task.WhenAll(Enumerable.Range(0, Workers).Select(seed => Task.Run(() => PublishAsync(endpoint, seed), Cancel)));
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(publishing), Cancel)));

        _overlaps.ShouldBeEmpty("two of one key were under way");
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Delivered, Cancel)).ShouldBe(Messages);
        foreach (var key in _started.GroupBy(start => start.Key, start => start.Sequence))
            key.ShouldBeInOrder(SortDirection.Ascending, $"the key '{key.Key}'");
    }

    private async Task PublishAsync(EndpointId endpoint, int seed)
    {
        var random = new Random(seed);
        for (var left = Messages / Workers; left > 0; left -= 4)
            await Given.KeyedMessagesAsync(endpoint, [.. Enumerable.Range(0, 4).Select(_ => Keys[random.Next(Keys.Length)])]);
    }

    private async Task WorkAsync(Task publishing)
    {
        while (true)
        {
            var isLast = publishing.IsCompleted;
            var claimed = (await ClaimAsync(maxDeliveries: 3)).Deliveries;
            if (claimed.Count == 0 && isLast && _underWay.IsEmpty)
                return; // whoever is recording just now looks again itself

            foreach (var delivery in claimed)
                Begin(delivery.OrderingKey!, delivery.Request);
            await Task.Yield();
            foreach (var delivery in claimed)
                _underWay.TryRemove(delivery.OrderingKey!, out _);
            await RecordAsync(Answers.Ok, claimed);
        }
    }

    private void Begin(string key, AttemptRequest request)
    {
        _started.Enqueue((key, request.Sequence));
        if (!_underWay.TryAdd(key, request.DeliveryId))
            _overlaps.Enqueue(key);
    }
}

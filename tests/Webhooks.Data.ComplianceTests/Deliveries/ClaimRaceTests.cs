using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Several nodes at the same lanes at the same moment.</summary>
public abstract class ClaimRaceTests(SharedStore store) : SharedStoreTests(store)
{
    private const int Nodes = 4;

    [Fact]
    public async Task Claim_ManyNodesAtOnce_NoRowIsLeasedTwiceAndNoLaneExceedsItsCap()
    {
        var caps = new Dictionary<EndpointId, int>();
        for (var cap = 1; cap <= 8; cap++)
            caps[await Given.EndpointAsync(e => e.MaxInFlight = cap)] = cap;
        foreach (var endpoint in caps.Keys)
            await Given.MessagesAsync(endpoint, 40);

        var underWay = new ConcurrentDictionary<EndpointId, int>();
        var leased = await TogetherAsync(Enumerable.Repeat(() => DeliverAllAsync(underWay, caps), Nodes));

        leased.SelectMany(ids => ids).Count().ShouldBe(8 * 40);
        leased.SelectMany(ids => ids).ShouldBeUnique();
    }

    [Fact]
    public async Task Claim_PublishAtTheSameMoment_LaneNeverSleepsOverADelivery()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 1_000);
        var application = (await LaneAsync(endpoint)).ApplicationId;

        for (var round = 0; round < 100; round++)
        {
            await Given.MessageAsync(application);
            var claims = await TogetherAsync(
                () => ClaimAsync(),
                async () =>
                {
                    await Given.MessageAsync(application);
                    return new Claim([], null);
                },
                () => ClaimAsync());
            var rest = await ClaimAsync();

            (claims.Sum(claim => claim.Deliveries.Count) + rest.Deliveries.Count).ShouldBe(2);
            (await LaneAsync(endpoint)).ReadyAt.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Claim_RecordAtTheSameMoment_NextDeliveryIsClaimedOnce(bool isHandedBack)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 1), 101);
        var current = (await ClaimAsync()).Deliveries.Single();

        for (var round = 0; round < 100; round++)
        {
            var ended = current;
            var claims = await TogetherAsync(
                () => ClaimAsync(),
                async () =>
                {
                    await RecordAsync(isHandedBack ? Answers.Shutdown : Answers.Ok, ended);
                    return new Claim([], null);
                });
            var rest = await ClaimAsync();

            current = claims.Append(rest).SelectMany(claim => claim.Deliveries).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Claim_LaneIsLocked_OthersAreServedAndNextTimeItIsWaitedFor()
    {
        var locked = await Given.EndpointAsync();
        await Given.MessagesAsync(locked, 1);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var free = await Given.EndpointAsync();
        await Given.MessagesAsync(free, 2);
        await using var holder = await BeginAsync(db => LockAsync(db, locked));

        var first = await ClaimAsync(maxDeliveries: 1);
        var second = ClaimAsync();
        await OneWaitsAsync();
        await holder.Database.RollbackTransactionAsync(Cancel);

        first.Deliveries.ShouldHaveSingleItem().Request.EndpointId.ShouldBe(free);
        (await second).Deliveries.Select(delivery => delivery.Request.EndpointId).ShouldBe([locked, free]);
    }

    [Fact]
    public async Task Claim_OnlyLaneIsLocked_WaitsForIt()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await using var holder = await BeginAsync(db => LockAsync(db, endpoint));

        var claim = ClaimAsync();
        await OneWaitsAsync();
        await holder.Database.RollbackTransactionAsync(Cancel);

        (await claim).Deliveries.Count.ShouldBe(1);
    }

    // As who adds to it, or takes from it.
    private static Task<int> LockAsync(WebhooksDbContext db, EndpointId endpoint) => db.Lanes.Where(lane => lane.EndpointId == endpoint)
        .ExecuteUpdateAsync(set => set.SetProperty(lane => lane.InFlight, lane => lane.InFlight), Cancel);

    /// <summary>Claims and records until nothing is left, and counts what all nodes have under way.</summary>
    private async Task<List<DeliveryId>> DeliverAllAsync(ConcurrentDictionary<EndpointId, int> underWay, Dictionary<EndpointId, int> caps)
    {
        var leased = new List<DeliveryId>();
        while (await CountWaitingAsync() > 0)
        {
            var claim = await ClaimAsync(maxDeliveries: 17);
            foreach (var delivery in claim.Deliveries)
            {
                var endpoint = delivery.Request.EndpointId;
                underWay.AddOrUpdate(endpoint, 1, (_, count) => count + 1).ShouldBeLessThanOrEqualTo(caps[endpoint]);
                leased.Add(delivery.Request.DeliveryId);
            }

            foreach (var delivery in claim.Deliveries)
                underWay.AddOrUpdate(delivery.Request.EndpointId, 0, (_, count) => count - 1);
            await RecordAsync(Answers.Ok, claim.Deliveries);
        }

        return leased;
    }

    private async Task<int> CountWaitingAsync()
    {
        await using var db = NewContext();
        return await db.Deliveries.CountAsync(delivery => delivery.State == DeliveryState.Waiting, Cancel);
    }
}

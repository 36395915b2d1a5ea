using Webhooks.Core.Lanes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1: what a new delivery does to its lane.</summary>
public abstract class LaneArrivalTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Publish_IdleLane_IsReadyNow()
    {
        var endpoint = await Given.EndpointAsync();

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Publish_LaneReadyEarlier_KeepsItsPlace()
    {
        var earlier = Now.AddSeconds(-1);
        var endpoint = await Given.EndpointAsync(lane: l => l.ReadyAt = earlier);

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(earlier);
    }

    [Fact]
    public async Task Publish_LaneReadyLater_IsReadyNow()
    {
        var endpoint = await Given.EndpointAsync(lane: l => l.ReadyAt = Now.AddHours(1));

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Publish_HeldLane_StaysAsleep()
    {
        var endpoint = await Given.EndpointAsync(e => e.Disabled = true);

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Publish_SaturatedLane_StaysAsleep()
    {
        var endpoint = await Given.EndpointAsync(lane: l => (l.Saturated, l.InFlight) = (true, 10));

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Publish_PausedLane_IsReadyAfterItsPause()
    {
        var until = Now.AddSeconds(15);
        var endpoint = await Given.EndpointAsync(lane: l => (l.PausedUntil, l.PauseReason) = (until, PauseReason.Throttled));

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(until);
    }

    [Fact]
    public async Task Publish_PauseIsOver_IsReadyNow()
    {
        var endpoint = await Given.EndpointAsync(lane: l => l.PausedUntil = Now.AddSeconds(-1));

        await Given.MessagesAsync(endpoint, 1);

        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now);
    }
}

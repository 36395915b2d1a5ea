using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>Throttle rates pace what is claimed; what is over the rate waits.</summary>
public abstract class LanePaceTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Claim_EndpointRateOfTwo_OneEachHalfSecond()
    {
        var endpoint = await Given.EndpointAsync(e => (e.ThrottleRate, e.MaxInFlight) = (2, 100));
        await Given.MessagesAsync(endpoint, 10);

        var first = await ClaimAsync();
        var tooEarly = await ClaimAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(500));
        var second = await ClaimAsync();

        (first.Deliveries.Count, tooEarly.Deliveries.Count, second.Deliveries.Count).ShouldBe((1, 0, 1));
        first.NextReadyAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(7), InlineData(30), InlineData(100), InlineData(999)]
    public async Task Claim_WheneverALaneSaysItIsReady_RateIsHeldAndUsed(int rate)
    {
        var endpoint = await Given.EndpointAsync(e => (e.ThrottleRate, e.MaxInFlight) = (rate, 100_000));
        await Given.MessagesAsync(endpoint, 3 * rate);
        var end = Now.AddSeconds(2);

        var (sent, empty) = (0, 0);
        while (Now < end)
        {
            var claim = await ClaimAsync(maxDeliveries: 1_000);
            sent += claim.Deliveries.Count;
            empty += claim.Deliveries.Count == 0 ? 1 : 0;
            Clock.SetUtcNow(claim.NextReadyAt!.Value);
        }

        sent.ShouldBeInRange(2 * rate - 1, 2 * rate + Math.Max(1, rate / 10));
        empty.ShouldBe(0);
    }

    [Fact]
    public async Task Claim_ApplicationRateOfTwo_HoldsOverItsEndpoints()
    {
        var application = await Given.ApplicationAsync(a => a.ThrottleRate = 2);
        for (var i = 0; i < 3; i++)
            await Given.EndpointAsync(application);
        await Given.MessageAsync(application);

        var first = await ClaimAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(500));
        var second = await ClaimAsync();

        (first.Deliveries.Count, second.Deliveries.Count).ShouldBe((1, 1));
        first.NextReadyAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Claim_ApplicationRate_LanesTakeTurns()
    {
        var application = await Given.ApplicationAsync(a => a.ThrottleRate = 2);
        var endpoints = new List<EndpointId>();
        for (var i = 0; i < 5; i++)
            endpoints.Add(await Given.EndpointAsync(application));
        for (var i = 0; i < 20; i++)
            await Given.MessageAsync(application);

        var served = new List<EndpointId>();
        for (var turn = 0; turn < 10; turn++)
        {
            var claim = await ClaimAsync();
            served.AddRange(claim.Deliveries.Select(d => d.Request.EndpointId));
            Clock.SetUtcNow(claim.NextReadyAt!.Value);
        }

        endpoints.ShouldAllBe(endpoint => served.Count(e => e == endpoint) == 2);
    }

    [Fact]
    public async Task Claim_NoRate_IsNotPaced()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 1_000), 60);

        var claim = await ClaimAsync();

        claim.Deliveries.Count.ShouldBe(60);
    }
}

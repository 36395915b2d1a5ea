using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>A resumed lane works off what waited at the pace that a person asked for.</summary>
public abstract class LaneReleaseTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Claim_ReleaseRateOfTwo_OneEachHalfSecond()
    {
        var endpoint = await HeldAsync(10);
        await ReleaseAsync(endpoint, 2);

        var first = await ClaimAsync();
        var tooEarly = await ClaimAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(500));
        var second = await ClaimAsync();

        (first.Deliveries.Count, tooEarly.Deliveries.Count, second.Deliveries.Count).ShouldBe((1, 0, 1));
        first.NextReadyAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData(1, 2), InlineData(2, 1)]
    public async Task Claim_ReleaseRateBesideAThrottleRate_SlowerHolds(int throttleRate, int releaseRate)
    {
        var endpoint = await HeldAsync(10, e => e.ThrottleRate = throttleRate);
        await ReleaseAsync(endpoint, releaseRate);

        var claim = await ClaimAsync();

        (claim.Deliveries.Count, claim.NextReadyAt).ShouldBe((1, Now.AddSeconds(1)));
    }

    [Fact]
    public async Task Claim_DueOnesAreLeft_RateStays()
    {
        var endpoint = await HeldAsync(2);
        await ReleaseAsync(endpoint, 2);

        await ClaimAsync();

        (await LaneAsync(endpoint)).ReleaseRate.ShouldBe(2);
    }

    [Fact]
    public async Task Claim_NothingDueIsLeft_RateIsOver()
    {
        var endpoint = await HeldAsync(1);
        await ReleaseAsync(endpoint, 1);
        await ClaimAsync();

        await Given.MessagesAsync(endpoint, 5);

        (await LaneAsync(endpoint)).ReleaseRate.ShouldBeNull();
        (await ClaimAsync()).Deliveries.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Claim_OthersAreQueuedBehindTheirKey_RateStaysUntilTheyAreWorkedOff()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Ordered, e.Disabled) = (true, true));
        await Given.KeyedMessagesAsync(endpoint, "a", "a");
        await ReleaseAsync(endpoint, 1);

        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);
        var between = await LaneAsync(endpoint);
        var tooEarly = await ClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        var last = await ClaimAsync();

        (between.ReleaseRate, tooEarly.Deliveries.Count, last.Deliveries.Count).ShouldBe((1, 0, 1));
        (await LaneAsync(endpoint)).ReleaseRate.ShouldBeNull();
    }

    [Fact]
    public async Task Pace_AnotherRateWhileReleasing_CountsFromNow()
    {
        var endpoint = await HeldAsync(10);
        await ReleaseAsync(endpoint, 1);
        await ClaimAsync();

        await Given.WriteAsync(db => new LaneSwitch(db, Clock).PaceAsync(endpoint, null, Cancel));

        (await ClaimAsync()).Deliveries.Count.ShouldBe(9);
    }

    [Fact]
    public async Task Pace_LaneIsHeld_StaysAsleep()
    {
        var endpoint = await HeldAsync(1);

        await Given.PaceAsync(endpoint, 5);

        var lane = await LaneAsync(endpoint);
        (lane.ReleaseRate, lane.ReadyAt).ShouldBe((5, null));
    }

    private async Task<EndpointId> HeldAsync(int count, Action<Endpoint>? with = null)
    {
        var endpoint = await Given.EndpointAsync(e =>
        {
            e.Disabled = true;
            with?.Invoke(e);
        });
        await Given.MessagesAsync(endpoint, count);
        return endpoint;
    }

    // Not only the first: that one attempt at a time goes first is another rule.
    private Task ReleaseAsync(EndpointId endpoint, int rate) => Given.WriteAsync(async db =>
    {
        var lanes = new LaneSwitch(db, Clock);
        await lanes.PaceAsync(endpoint, rate, Cancel);
        await lanes.ResumeAsync(endpoint, Cancel);
        await db.Lanes.Where(l => l.EndpointId == endpoint).ExecuteUpdateAsync(set => set.SetProperty(l => l.InFlightLimit, 10), Cancel);
    });
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>Commit 2: how lanes share what a node can send.</summary>
public abstract class LaneClaimTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Claim_CapOfTen_HoldsOverSeveralClaims()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 25);

        var first = await ClaimAsync(maxDeliveries: 7);
        var second = await ClaimAsync();
        var third = await ClaimAsync();

        (first.Deliveries.Count, second.Deliveries.Count, third.Deliveries.Count).ShouldBe((7, 3, 0));
        var lane = await LaneAsync(endpoint);
        (lane.InFlight, lane.Saturated, lane.ReadyAt).ShouldBe((10, true, null));
    }

    [Fact]
    public async Task Claim_CapWasLowered_TakesNoMoreUntilInFlightIsBelowIt()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        var first = await ClaimAsync();
        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.MaxInFlight, 4), Cancel));

        await RecordAsync(Answers.Ok, first.Deliveries.Take(7));
        var second = await ClaimAsync();

        second.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Claim_NothingLeft_LaneSleeps()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);

        var claim = await ClaimAsync();

        claim.NextReadyAt.ShouldBeNull();
        var lane = await LaneAsync(endpoint);
        (lane.InFlight, lane.Saturated, lane.ReadyAt).ShouldBe((3, false, null));
    }

    [Fact]
    public async Task Claim_SaturatedLane_WakesWhenAnAttemptEnds()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        var first = await ClaimAsync();

        await RecordAsync(Answers.Ok, first.Deliveries.Take(3));
        var second = await ClaimAsync();

        second.Deliveries.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Claim_HeldLane_GivesNothing()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 3);
        await Given.HoldAsync(endpoint);

        var claim = await ClaimAsync();

        claim.Deliveries.ShouldBeEmpty();
        claim.NextReadyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Claim_ResumedLane_GivesWhatWasHeldOneFirst()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.HoldAsync(endpoint);
        await Given.MessagesAsync(endpoint, 3);
        await Given.ResumeAsync(endpoint);

        var first = await ClaimAsync();
        await RecordAsync(Answers.Ok, first.Deliveries);
        var second = await ClaimAsync();

        (first.Deliveries.Count, second.Deliveries.Count).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Claim_LaneHeldWhileSaturated_WakesWhenResumed()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        var first = await ClaimAsync();
        await Given.HoldAsync(endpoint);
        await RecordAsync(Answers.Ok, first.Deliveries);
        await Given.ResumeAsync(endpoint);

        var second = await ClaimAsync();

        second.Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Claim_CapRaisedWhileSaturated_LimitGrowsTowardsIt()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 2);
        await Given.MessagesAsync(endpoint, 20);
        var first = await ClaimAsync();
        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(e => e.SetProperty(x => x.MaxInFlight, 5), Cancel));
        await Given.RetuneAsync(endpoint, 5);

        await RecordAsync(Answers.Ok, first.Deliveries);
        var second = await ClaimAsync();
        await RecordAsync(Answers.Ok, second.Deliveries);
        var third = await ClaimAsync();

        (second.Deliveries.Count, third.Deliveries.Count).ShouldBe((2, 4));
    }

    [Fact]
    public async Task Record_ClaimedUnderALowerCap_DoesNotNarrowTheLane()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 2);
        await Given.MessagesAsync(endpoint, 1);
        var claim = await ClaimAsync();
        await Given.WriteAsync(db => db.Lanes.ExecuteUpdateAsync(lane => lane.SetProperty(l => l.InFlightLimit, 10), Cancel));

        await RecordAsync(Answers.Ok, claim.Deliveries);

        (await LaneAsync(endpoint)).InFlightLimit.ShouldBe(10);
    }

    [Fact]
    public async Task Claim_LaneServedWithMoreLeft_WaitsBehindTheOthers()
    {
        var busy = await Given.EndpointAsync();
        await Given.MessagesAsync(busy, 20);
        var quiet = await Given.EndpointAsync();
        await Given.MessagesAsync(quiet, 1);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var first = await ClaimAsync(maxDeliveries: 5);
        var second = await ClaimAsync(maxDeliveries: 5);

        first.Deliveries.ShouldAllBe(d => d.Request.EndpointId == busy);
        second.Deliveries.Select(d => d.Request.EndpointId).ShouldBe([quiet, busy, busy, busy, busy]);
    }

    [Fact]
    public async Task Claim_LaneWithTenThousandRows_DoesNotStarveFiftyOthers()
    {
        var flooded = await Given.EndpointAsync(e => e.MaxInFlight = 1_000);
        await Given.MessagesAsync(flooded, 10_000);
        var others = new List<EndpointId>();
        for (var i = 0; i < 50; i++)
            others.Add(await Given.EndpointAsync());
        foreach (var other in others)
            await Given.MessagesAsync(other, 1);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var claims = new[] { await ClaimAsync(maxDeliveries: 64), await ClaimAsync(maxDeliveries: 64) };

        claims.SelectMany(c => c.Deliveries).Select(d => d.Request.EndpointId).Distinct().ShouldBe([flooded, .. others], ignoreOrder: true);
    }

    [Fact]
    public async Task Claim_MoreReadyLanesThanOneClaimVisits_NextClaimVisitsTheRest()
    {
        const int Lanes = ClaimRequest.MaxLanes + 10;
        var application = await Given.ApplicationAsync();
        for (var i = 0; i < Lanes; i++)
            await Given.EndpointAsync(application);
        await Given.MessageAsync(application);

        var first = await ClaimAsync();
        var second = await ClaimAsync();

        (first.Deliveries.Count, second.Deliveries.Count).ShouldBe((ClaimRequest.MaxLanes, 10));
        first.NextReadyAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Claim_OneLaneAndARoomyNode_TakesMaxPerLane()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 1_000), 100);

        var claim = await ClaimAsync();

        claim.Deliveries.Count.ShouldBe(ClaimRequest.MaxPerLane);
    }
}

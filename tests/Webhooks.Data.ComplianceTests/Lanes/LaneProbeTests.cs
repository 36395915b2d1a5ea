using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>Lanes whose endpoints do not answer, or have not shown yet that they do: one attempt at a time, and only so many in all.</summary>
public abstract class LaneProbeTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Record_Unanswered_HalvesTheLimit()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        var limits = new List<int>();

        for (var i = 0; i < 4; i++)
        {
            await RecordAsync(Answers.Unknown, (await ClaimAsync(maxDeliveries: 1)).Deliveries);
            limits.Add((await LaneAsync(endpoint)).InFlightLimit);
        }

        limits.ShouldBe([5, 2, 1, 1]);
    }

    [Fact]
    public async Task Record_OwnFault_LeavesTheLimit()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);

        await RecordAsync(Answers.Unknown with { OurFault = true }, (await ClaimAsync()).Deliveries);

        (await LaneAsync(endpoint)).InFlightLimit.ShouldBe(10);
    }

    [Fact]
    public async Task Claim_MoreProbesThanAllowed_TakesThatManyAndAllOfTheProven()
    {
        await UnprovenAsync(5);
        var proven = await Given.EndpointAsync();
        await Given.MessagesAsync(proven, 3);

        var claim = await Sql.ClaimAsync(Claiming(maxProbes: 2), Cancel);

        claim.Deliveries.Count(delivery => delivery.IsProbe).ShouldBe(2);
        claim.Deliveries.Count(delivery => delivery.Request.EndpointId == proven).ShouldBe(3);
    }

    [Fact]
    public async Task Claim_NoProbesAllowed_ServesTheProvenBehindAnyNumberOfOthers()
    {
        await UnprovenAsync(ClaimRequest.MaxLanes + 10);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var proven = await Given.EndpointAsync();
        await Given.MessagesAsync(proven, 1);

        var claim = await Sql.ClaimAsync(Claiming(maxProbes: 0), Cancel);

        claim.Deliveries.ShouldHaveSingleItem().Request.EndpointId.ShouldBe(proven);
    }

    [Fact]
    public async Task Claim_OnlyProbesAreReadyAndNoneAllowed_NamesNoTimeToLookAgain()
    {
        await UnprovenAsync(2);

        var claim = await Sql.ClaimAsync(Claiming(maxProbes: 0), Cancel);

        claim.Deliveries.ShouldBeEmpty();
        claim.NextReadyAt.ShouldBeNull();
    }

    private async Task UnprovenAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            EndpointId endpoint = await Given.EndpointAsync(lane: lane => lane.InFlightLimit = 1);
            await Given.MessagesAsync(endpoint, 1);
        }
    }
}

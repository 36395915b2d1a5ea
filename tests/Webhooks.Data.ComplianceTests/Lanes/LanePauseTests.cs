using Webhooks.Core.Deliveries;
using Webhooks.Core.Lanes;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>A lane that was asked to wait: nothing, then one probe, then more.</summary>
public abstract class LanePauseTests(Store store) : StoreTests(store)
{
    // With the jitter that the tests draw.
    private static readonly TimeSpan Pause = Given.Options.LanePause * (1 + RetrySchedule.JitterShare / 2);

    [Fact]
    public async Task Record_Throttled_PausesTheLane()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 5);

        await RecordAsync(Answers.Status(429), (await ClaimAsync(maxDeliveries: 1)).Deliveries);

        var lane = await LaneAsync(endpoint);
        (lane.PausedUntil, lane.PauseReason, lane.ReadyAt).ShouldBe((Now + Pause, PauseReason.Throttled, Now + Pause));
        (lane.InFlight, lane.InFlightLimit).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Claim_BeforeThePauseIsOver_GivesNothing()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 5);
        await Given.PauseAsync(endpoint, Pause);
        Clock.Advance(Pause - TimeSpan.FromMicroseconds(1));

        var claim = await ClaimAsync();

        claim.Deliveries.ShouldBeEmpty();
        claim.NextReadyAt.ShouldBe(Now + TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task Claim_PauseIsOver_GivesOneProbe()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 5);
        await Given.PauseAsync(endpoint, Pause);
        Clock.Advance(Pause);

        var probe = await ClaimAsync();
        var second = await ClaimAsync();

        (probe.Deliveries.Count, second.Deliveries.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Claim_ProbesSucceed_LimitGrowsByOneWithEachDeliveryUpToTheCap()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 5);
        await Given.MessagesAsync(endpoint, 20);
        await Given.PauseAsync(endpoint, Pause);
        Clock.Advance(Pause);

        var sizes = new List<int>();
        for (var round = 0; round < 4; round++)
        {
            var claim = await ClaimAsync();
            sizes.Add(claim.Deliveries.Count);
            await RecordAsync(Answers.Ok, claim.Deliveries);
        }

        sizes.ShouldBe([1, 2, 4, 5]);
    }

    [Fact]
    public async Task Record_SuccessDuringThePause_DoesNotOpenTheLaneWider()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        var claim = await ClaimAsync();
        await RecordAsync(Answers.Status(503), claim.Deliveries.Take(1));

        await RecordAsync(Answers.Ok, claim.Deliveries.Skip(1));
        Clock.Advance(Pause);

        (await ClaimAsync()).Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_ShorterPauseDuringALongerOne_LongerStands()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 2);
        var claim = await ClaimAsync();
        await RecordAsync(Answers.Status(503, TimeSpan.FromHours(1)), claim.Deliveries.Take(1));

        await RecordAsync(Answers.Status(503), claim.Deliveries.Skip(1));

        (await LaneAsync(endpoint)).PausedUntil.ShouldBe(Now.AddHours(1).AddSeconds(30));
    }

    [Fact]
    public async Task Record_PauseAndSuccessInOneTransaction_LaneIsPaused()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 20);
        var claim = (await ClaimAsync()).Deliveries;

        await Sql.RecordAsync([Given.Record(claim[0], Answers.Status(503)), .. claim.Skip(1).Select(d => Given.Record(d, Answers.Ok))], Now, Cancel);

        var lane = await LaneAsync(endpoint);
        (lane.InFlight, lane.InFlightLimit, lane.ReadyAt).ShouldBe((0, 1, Now + Pause));
    }
}

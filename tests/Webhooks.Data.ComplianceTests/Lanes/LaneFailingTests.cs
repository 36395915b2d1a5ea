using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Lanes;

/// <summary>A lane knows since when nothing has got through to its endpoint.</summary>
public abstract class LaneFailingTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Record_FirstFailure_IsWhereItBegins()
    {
        var (endpoint, claimed) = await ClaimedAsync(1);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.Status(500), claimed);

        (await LaneAsync(endpoint)).FailingSince.ShouldBe(Now);
    }

    [Fact]
    public async Task Record_LaterFailures_LeaveItWhereItBegan()
    {
        var (endpoint, claimed) = await ClaimedAsync(3);
        var since = Now;
        await RecordAsync(Answers.Status(500), claimed[0]);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.NotSent, claimed[1]);
        await RecordAsync(Answers.Unknown, claimed[2]);

        (await LaneAsync(endpoint)).FailingSince.ShouldBe(since);
    }

    [Fact]
    public async Task Record_Delivered_EndsIt()
    {
        var (endpoint, claimed) = await ClaimedAsync(2);
        await RecordAsync(Answers.Status(500), claimed[0]);

        await RecordAsync(Answers.Ok, claimed[1]);

        (await LaneAsync(endpoint)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Record_FailedAndDeliveredTogether_IsNotFailing()
    {
        var (endpoint, claimed) = await ClaimedAsync(2);

        await Sql.RecordAsync([Given.Record(claimed[0], Answers.Ok), Given.Record(claimed[1], Answers.Status(500))], Now, Cancel);

        (await LaneAsync(endpoint)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Record_FaultsOfOurOwn_DoNotCount()
    {
        var (endpoint, claimed) = await ClaimedAsync(3);

        await RecordAsync(Answers.Shutdown, claimed[0]);
        await RecordAsync(Answers.Unknown with { OurFault = true }, claimed[1]);
        await RecordAsync(new AttemptResult { Outcome = null, CircuitOpenFor = TimeSpan.FromSeconds(30) }, claimed[2]);

        (await LaneAsync(endpoint)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Record_FaultsOfOurOwn_DoNotEndIt()
    {
        var (endpoint, claimed) = await ClaimedAsync(2);
        var since = Now;
        await RecordAsync(Answers.Status(500), claimed[0]);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await RecordAsync(Answers.Shutdown, claimed[1]);

        (await LaneAsync(endpoint)).FailingSince.ShouldBe(since);
    }

    [Fact]
    public async Task Record_OtherLanes_AreTheirOwn()
    {
        var (endpoint, claimed) = await ClaimedAsync(1);
        var (other, theirs) = await ClaimedAsync(1);

        await RecordAsync(Answers.Status(500), claimed[0]);
        await RecordAsync(Answers.Ok, theirs[0]);

        (await LaneAsync(endpoint)).FailingSince.ShouldBe(Now);
        (await LaneAsync(other)).FailingSince.ShouldBeNull();
    }

    private async Task<(EndpointId Endpoint, IReadOnlyList<ClaimedDelivery> Claimed)> ClaimedAsync(int count)
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, count);
        return (endpoint, (await ClaimAsync()).Deliveries);
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Commit 3: whoever lost the lease writes nothing over another's result.</summary>
public abstract class FencingTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Record_WrongToken_WritesNothing()
    {
        var claimed = await ClaimedAsync();
        var before = await EverythingAsync();

        var written = await RecordAsync(Answers.Status(410), claimed with { LeaseToken = new byte[16] });

        written.ShouldBe([false]);
        (await EverythingAsync()).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Record_AlreadyRecorded_WritesNothing()
    {
        var claimed = await ClaimedAsync();
        await RecordAsync(Answers.Ok, claimed);
        var before = await EverythingAsync();

        var written = await RecordAsync(Answers.Status(429), claimed);

        written.ShouldBe([false]);
        (await EverythingAsync()).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Record_LeasedAgainBySomebodyElse_WritesNothing()
    {
        var lost = await ClaimedAsync();
        await RecordAsync(Answers.NotSent, lost);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await ClaimAsync();
        var before = await EverythingAsync();

        var written = await RecordAsync(Answers.Ok, lost);

        written.ShouldBe([false]);
        (await EverythingAsync()).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Record_SameDeliveryTwiceInOneBatch_FirstCountsOnce()
    {
        var claimed = await ClaimedAsync();

        var written = await RecordAsync(Answers.Ok, claimed, claimed);

        written.ShouldBe([true, false]);
        (await Db.Attempts.CountAsync(Cancel)).ShouldBe(1);
        (await Db.Lanes.SingleAsync(Cancel)).InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Record_SomeLeasesLost_OthersAreWritten()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 6);
        var claim = (await ClaimAsync()).Deliveries;

        var written = await RecordAsync(Answers.Ok, claim.Select((d, i) => i % 2 == 0 ? d : d with { LeaseToken = new byte[16] }));

        written.ShouldBe([true, false, true, false, true, false]);
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Sending, Cancel)).ShouldBe(3);
        (await Db.Attempts.CountAsync(Cancel)).ShouldBe(3);
        (await LaneAsync(endpoint)).InFlight.ShouldBe(3);
    }

    [Fact]
    public async Task Record_SeveralLanesInOneBatch_EachLosesItsOwn()
    {
        var first = await Given.EndpointAsync();
        var second = await Given.EndpointAsync();
        await Given.MessagesAsync(first, 3);
        await Given.MessagesAsync(second, 2);
        var claim = (await ClaimAsync()).Deliveries;

        await RecordAsync(Answers.Ok, claim.Where(d => d.Request.Sequence < 3));

        ((await LaneAsync(first)).InFlight, (await LaneAsync(second)).InFlight).ShouldBe((1, 0));
    }

    private async Task<ClaimedDelivery> ClaimedAsync()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        return (await ClaimAsync()).Deliveries.Single();
    }

    private async Task<object[]> EverythingAsync() =>
    [
        .. await Db.Deliveries.ToListAsync(Cancel), .. await Db.Lanes.ToListAsync(Cancel), .. await Db.Endpoints.ToListAsync(Cancel),
        .. await Db.Attempts.ToListAsync(Cancel),
    ];
}

using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1 where an endpoint chooses by content: what it does not get is in the books, and nowhere else.</summary>
public abstract class FilteredDeliveryTests(Store store) : StoreTests(store)
{
    private const string Over5 = """{"path":"$.n","gt":5}""";

    [Fact]
    public async Task Publish_PayloadThatDoesNotMatch_IsAFilteredRowAndTheLaneSleepsOn()
    {
        var endpoint = await FilteredAsync();

        var message = await PublishAsync(endpoint, 5);

        var delivery = await Db.Deliveries.SingleAsync(Cancel);
        (delivery.MessageId, delivery.EndpointId, delivery.ReplayNumber, delivery.Sequence).ShouldBe((message, endpoint, 0, 0));
        (delivery.State, delivery.Attempts, delivery.DueAt, delivery.FinishedAt).ShouldBe((DeliveryState.Filtered, 0, Now, Now));
        var lane = await LaneAsync(endpoint);
        (lane.ReadyAt, lane.LastSequence).ShouldBe((null, 0));
    }

    [Fact]
    public async Task Claim_FilteredAmongOthers_TakesTheOthersOnlyInTheirOrderWithoutGaps()
    {
        var endpoint = await FilteredAsync();
        MessageId[] wanted =
        [
            await PublishAsync(endpoint, 6), await PublishAsync(endpoint, 1, thenWanted: 7), await PublishAsync(endpoint, 2, thenWanted: 8),
        ];

        var claim = await ClaimAsync();

        claim.Deliveries.Select(d => d.Request.MessageId).ShouldBe(wanted);
        claim.Deliveries.Select(d => d.Request.Sequence).ShouldBe([1, 2, 3]);
        await RecordAsync(Answers.Ok, claim.Deliveries);
        (await ClaimAsync()).Deliveries.ShouldBeEmpty();
        (await Db.Deliveries.CountAsync(d => d.State == DeliveryState.Filtered, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Publish_FilterChangedBefore_Counts()
    {
        var endpoint = await FilteredAsync();
        await PublishAsync(endpoint, 5);
        await Given.WriteAsync(db => db.Endpoints.Where(e => e.Id == endpoint)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Filter, """{"path":"$.n","lte":5}""")));

        await PublishAsync(endpoint, 5);

        var states = await Db.Deliveries.OrderBy(d => d.Id).Select(d => d.State).ToListAsync(Cancel);
        states.ShouldBe([DeliveryState.Filtered, DeliveryState.Waiting]);
    }

    [Fact]
    public async Task Publish_DisabledEndpoint_HoldsOnlyWhatItsFilterLetsThrough()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Filter, e.Disabled) = (Over5, true));
        await PublishAsync(endpoint, 5);
        var wanted = await PublishAsync(endpoint, 6);

        await Given.ResumeAsync(endpoint);

        (await ClaimAsync()).Deliveries.Select(d => d.Request.MessageId).ShouldBe([wanted]);
    }

    [Fact]
    public async Task Resend_FilteredMessage_IsANewDeliveryThatGoesOut()
    {
        var endpoint = await FilteredAsync();
        var message = await PublishAsync(endpoint, 5);

        await Given.ResendAsync(message, endpoint);

        var claimed = (await ClaimAsync()).Deliveries.Single();
        (claimed.Request.MessageId, claimed.Request.Sequence, claimed.Request.PriorOutcome).ShouldBe((message, 1, null));
        var rows = await Db.Deliveries.OrderBy(d => d.ReplayNumber).Select(d => new { d.ReplayNumber, d.State }).ToListAsync(Cancel);
        rows.Select(d => (d.ReplayNumber, d.State)).ShouldBe([(0, DeliveryState.Filtered), (1, DeliveryState.Sending)]);
    }

    [Fact]
    public async Task Clean_DeletedEndpoint_LeavesFilteredRowsAsTheyAre()
    {
        var endpoint = await FilteredAsync();
        await PublishAsync(endpoint, 5);
        await Given.WriteAsync(db => db.Endpoints.Where(e => e.Id == endpoint)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.DeletedAt, Now)));

        await using var db = NewContext();
        await new EndpointCleanup(
            db, Sql, new LaneSwitch(db, Clock), new LedgerBooking(db, Sql, Ids, Clock), new WebhooksMeter(Meters), Clock).RunAsync(Cancel);

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Filtered);
        (await Db.Lanes.CountAsync(Cancel)).ShouldBe(0);
    }

    private Task<EndpointId> FilteredAsync() => Given.EndpointAsync(e => e.Filter = Over5);

    /// <summary>Publishes one payload, and then one that the endpoint wants; the last one's id.</summary>
    private async Task<MessageId> PublishAsync(EndpointId endpoint, int n, int? thenWanted = null)
    {
        var application = (await LaneAsync(endpoint)).ApplicationId;
        var requests = new[] { n, thenWanted ?? n }.Take(thenWanted is null ? 1 : 2)
            .Select(value => Given.Event(application, payload: Encoding.UTF8.GetBytes($$"""{"n":{{value}}}""")));
        return (await Writer.CommitAsync([.. requests]))[^1].MessageId;
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1 at an endpoint that asks for order: of each key one delivery is due, the others queue behind it.</summary>
public abstract class OrderedPublishTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Publish_KeysInOneBatch_FirstOfEachIsDue()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);

        await Given.KeyedMessagesAsync(endpoint, "a", "b", "a", null, "b", null);

        (await RowsAsync()).ShouldBe(
        [
            ("a", DeliveryState.Waiting), ("b", DeliveryState.Waiting), ("a", DeliveryState.Queued),
            ("", DeliveryState.Waiting), ("b", DeliveryState.Queued), ("", DeliveryState.Queued),
        ]);
    }

    [Fact]
    public async Task Publish_HeadWaits_IsQueued()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        await Given.KeyedMessagesAsync(endpoint, "a");

        await Given.KeyedMessagesAsync(endpoint, "a", "b");

        (await RowsAsync()).ShouldBe([("a", DeliveryState.Waiting), ("a", DeliveryState.Queued), ("b", DeliveryState.Waiting)]);
    }

    [Fact]
    public async Task Publish_HeadIsBeingSent_IsQueued()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        await Given.KeyedMessagesAsync(endpoint, "a");
        await ClaimAsync();

        await Given.KeyedMessagesAsync(endpoint, "a");

        (await RowsAsync()).ShouldBe([("a", DeliveryState.Sending), ("a", DeliveryState.Queued)]);
    }

    [Fact]
    public async Task Publish_AllBeforeItAreFinished_IsDue()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        await Given.KeyedMessagesAsync(endpoint, "a");
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries);

        await Given.KeyedMessagesAsync(endpoint, "a");

        (await RowsAsync()).ShouldBe([("a", DeliveryState.Delivered), ("a", DeliveryState.Waiting)]);
    }

    [Fact]
    public async Task Publish_OnlyQueued_WakesNoLaneAndCountsItsSequence()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        await Given.KeyedMessagesAsync(endpoint, "a");
        await ClaimAsync();

        await Given.KeyedMessagesAsync(endpoint, "a", "a");

        var lane = await LaneAsync(endpoint);
        (lane.ReadyAt, lane.LastSequence).ShouldBe((null, 3));
    }

    [Fact]
    public async Task Publish_TwoEndpoints_OnlyTheOrderedOneQueues()
    {
        var application = await Given.ApplicationAsync();
        var ordered = await Given.EndpointAsync(application, e => e.Ordered = true);
        var free = await Given.EndpointAsync(application);

        await Given.KeyedMessagesAsync(ordered, "a", "a");

        (await Db.Deliveries.Where(d => d.EndpointId == free).ToListAsync(Cancel))
            .ShouldAllBe(d => d.OrderingKey == null && d.State == DeliveryState.Waiting);
        (await Db.Deliveries.CountAsync(d => d.EndpointId == ordered && d.State == DeliveryState.Queued, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_SameKeyInAnotherApplication_IsAnotherKey()
    {
        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => e.Ordered = true), "a");

        await Given.KeyedMessagesAsync(await Given.EndpointAsync(e => e.Ordered = true), "a");

        (await RowsAsync()).ShouldBe([("a", DeliveryState.Waiting), ("a", DeliveryState.Waiting)]);
    }

    [Fact]
    public async Task Publish_EndpointIsDisabled_IsQueuedBehindWhatItHolds()
    {
        var endpoint = await Given.EndpointAsync(e => (e.Ordered, e.Disabled) = (true, true));

        await Given.KeyedMessagesAsync(endpoint, "a", "a");

        (await RowsAsync()).ShouldBe([("a", DeliveryState.Waiting), ("a", DeliveryState.Queued)]);
        (await LaneAsync(endpoint)).ReadyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Publish_WithAKey_MessageKeepsIt()
    {
        var endpoint = await Given.EndpointAsync();

        await Given.KeyedMessagesAsync(endpoint, "a", null);

        (await Db.Messages.OrderBy(m => m.Id).Select(m => m.OrderingKey).ToListAsync(Cancel)).ShouldBe(["a", null]);
    }

    [Fact]
    public async Task Resend_HeadIsStuck_DoesNotQueueBehindIt()
    {
        var endpoint = await Given.EndpointAsync(e => e.Ordered = true);
        var messages = await Given.KeyedMessagesAsync(endpoint, "a", "a");

        await Given.ResendAsync(messages[1], endpoint);

        (await RowsAsync()).ShouldBe([("a", DeliveryState.Waiting), ("a", DeliveryState.Queued), (null, DeliveryState.Waiting)]);
    }

    private async Task<List<(string? Key, DeliveryState State)>> RowsAsync() =>
        [.. (await Db.Deliveries.OrderBy(d => d.Id).ToListAsync(Cancel)).Select(d => (d.OrderingKey, d.State))];
}

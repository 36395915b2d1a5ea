using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Tests.Outbox;

/// <summary>Which deliveries are due at once, and which queue behind their key.</summary>
public sealed class OrderedPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApplicationId Application = new(1);
    private static readonly EndpointId Ordered = new(2);
    private static readonly EndpointId Other = new(3);

    [Fact]
    public void Add_FreeKey_IsDueAndTheNextOfTheBatchQueues()
    {
        var plan = Plan([]);

        Add(plan, "a", "b", "a");

        States(plan, Ordered).ShouldBe([("a", DeliveryState.Waiting), ("b", DeliveryState.Waiting), ("a", DeliveryState.Queued)]);
    }

    [Fact]
    public void Add_BusyKey_Queues()
    {
        var plan = Plan([(Ordered, "a")]);

        Add(plan, "a", "b");

        States(plan, Ordered).ShouldBe([("a", DeliveryState.Queued), ("b", DeliveryState.Waiting)]);
    }

    [Fact]
    public void Add_NoKey_SharesOne()
    {
        var plan = Plan([]);

        Add(plan, null, null);

        States(plan, Ordered).ShouldBe([("", DeliveryState.Waiting), ("", DeliveryState.Queued)]);
    }

    [Fact]
    public void Add_KeyIsBusyAtAnotherEndpoint_IsDue()
    {
        var plan = Plan([(Other, "a")]);

        Add(plan, "a");

        States(plan, Ordered).ShouldBe([("a", DeliveryState.Waiting)]);
    }

    [Fact]
    public void Add_EndpointAsksForNoOrder_HasNoKeyAndIsDue()
    {
        var plan = Plan([]);

        Add(plan, "a", "a");

        States(plan, Other).ShouldBe([(null, DeliveryState.Waiting), (null, DeliveryState.Waiting)]);
    }

    [Fact]
    public void Add_AllQueue_LaneGetsItsSequenceAndStaysAsItIs()
    {
        var plan = Plan([(Ordered, "a")]);

        Add(plan, "a", "a");

        plan.Rows.Lanes.Single(lane => lane.EndpointId == Ordered).ShouldBe(new LaneArrival(Ordered, 9, null));
    }

    [Fact]
    public void Add_OneOfThemIsDue_LaneIsReady()
    {
        var plan = Plan([(Ordered, "a")]);

        Add(plan, "a", "b", "a");

        plan.Rows.Lanes.Single(lane => lane.EndpointId == Ordered).ShouldBe(new LaneArrival(Ordered, 10, Now));
    }

    [Fact]
    public void Add_WithAKey_MessageKeepsIt()
    {
        var plan = Plan([]);

        Add(plan, "a", null);

        plan.Rows.Messages.Select(message => message.OrderingKey).ShouldBe(["a", null]);
    }

    private static void Add(OutboxPlan plan, params string?[] keys)
    {
        foreach (var key in keys)
            plan.Add(new PublishRequest("acme", "t", null, null, "{}"u8.ToArray(), TimeSpan.FromDays(90), null, null) { OrderingKey = key })
                .Status.ShouldBe(PublishStatus.Accepted);
    }

    private static IEnumerable<(string? Key, DeliveryState State)> States(OutboxPlan plan, EndpointId endpoint) =>
        plan.Rows.Deliveries.Where(d => d.EndpointId == endpoint).Select(d => (d.OrderingKey, d.State));

    private static OutboxPlan Plan(HashSet<(EndpointId, string)> busy)
    {
        Subscription[] subscriptions = [new(Ordered, null, null, 7) { Ordered = true }, new(Other, null, null, 0)];
        var snapshot = new OutboxSnapshot(
            new Dictionary<string, ApplicationId> { ["acme"] = Application },
            subscriptions.ToLookup(_ => Application),
            new HashSet<(ApplicationId, string)>(),
            new Dictionary<(ApiKeyId, string), AnsweredPublish>())
        {
            BusyKeys = busy,
        };
        var ids = new IdGenerator(new FakeTimeProvider(Now));
        var messageIds = Enumerable.Range(0, 10).Select(_ => ids.New<MessageId>()).ToArray();
        return new OutboxPlan(snapshot, messageIds, ids, Now, TimeSpan.FromHours(24), new ContentFilterCache());
    }
}

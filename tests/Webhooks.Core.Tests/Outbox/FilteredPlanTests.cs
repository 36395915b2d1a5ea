using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Tests.Outbox;

/// <summary>What content filters and batches change of a plan.</summary>
public sealed class FilteredPlanTests
{
    private const string Over5 = """{"path":"$.n","gt":5}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApplicationId Application = new(1);
    private static readonly EndpointId Filtered = new(2);
    private static readonly EndpointId OnlyA = new(3);
    private static readonly IdempotencyClaim Claim = new(new ApiKeyId(7), "k", [1]);

    [Fact]
    public void Add_PayloadThatTheFilterLetsThrough_IsAnOrdinaryDelivery()
    {
        var plan = Plan();

        plan.Add(Request("""{"n":6}"""));

        var delivery = plan.Rows.Deliveries.Single();
        (delivery.State, delivery.Sequence, delivery.FinishedAt).ShouldBe((DeliveryState.Waiting, 8, null));
        plan.Rows.Lanes.ShouldBe([new LaneArrival(Filtered, 8, Now)]);
    }

    [Fact]
    public void Add_PayloadThatTheFilterDoesNotLetThrough_IsAFinishedRowInNoLane()
    {
        var plan = Plan();

        plan.Add(Request("""{"n":5}""")).Status.ShouldBe(PublishStatus.Accepted);

        var delivery = plan.Rows.Deliveries.Single();
        (delivery.EndpointId, delivery.State, delivery.Sequence, delivery.ReplayNumber).ShouldBe((Filtered, DeliveryState.Filtered, 0, 0));
        (delivery.DueAt, delivery.CreatedAt, delivery.FinishedAt).ShouldBe((Now, Now, Now));
        plan.Rows.Lanes.ShouldBeEmpty();
    }

    [Fact]
    public void Add_FilteredBetweenOthers_LeavesNoGapInTheSequence()
    {
        var plan = Plan();

        foreach (var n in new[] { 6, 1, 7, 2, 8 })
            plan.Add(Request($$"""{"n":{{n}}}"""));

        plan.Rows.Deliveries.Where(d => d.State == DeliveryState.Waiting).Select(d => d.Sequence).ShouldBe([8, 9, 10]);
        plan.Rows.Lanes.ShouldBe([new LaneArrival(Filtered, 10, Now)]);
    }

    [Fact]
    public void Add_TypeThatDoesNotMatch_IsNoRowWhateverTheFilterSays()
    {
        var plan = Plan([new Subscription(OnlyA, ["a"], null, 0) { Filter = Over5 }]);

        plan.Add(Request("""{"n":6}"""));
        plan.Add(Request("""{"n":5}"""));

        plan.Rows.Deliveries.ShouldBeEmpty();
    }

    [Fact]
    public void Add_RawPayload_IsNotWhatTheFilterLooksAt()
    {
        var plan = Plan();

        plan.Add(Request("""{"n":6}""") with { RawPayload = "no JSON"u8.ToArray() });

        plan.Rows.Deliveries.Single().State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public void Add_NoFilterToAsk_PayloadIsNotParsed()
    {
        var plan = Plan([new Subscription(OnlyA, ["a"], null, 0) { Filter = Over5 }, new Subscription(Filtered, null, null, 0)]);

        plan.Add(Request("no JSON at all"));

        plan.Rows.Deliveries.Single().EndpointId.ShouldBe(Filtered);
    }

    [Fact]
    public void Add_Deepest_PayloadIsParsed()
    {
        var plan = Plan();

        plan.Add(Request($$"""{"n":6,"deep":{{new string('[', 63)}}{{new string(']', 63)}}}"""));

        plan.Rows.Deliveries.Single().State.ShouldBe(DeliveryState.Waiting);
    }

    [Fact]
    public void Add_Batch_IsOneRecordWithAPlaceForEach()
    {
        var plan = Plan();

        var first = plan.Add(InBatch(0, "e"));
        plan.Add(InBatch(2, "e")).Status.ShouldBe(PublishStatus.EventIdTaken);
        var last = plan.Add(InBatch(3, "f"));

        var record = plan.Rows.IdempotencyRecords.Single();
        (record.IdempotencyKey, record.RequestHash, record.StatusCode).ShouldBe(("k", Claim.RequestHash, PublishedAnswer.BatchStatusCode));
        PublishedAnswer.Read(record.StatusCode, record.Answer).ShouldBe(
            [new AcceptedMessage(first.MessageId, Now), null, null, new AcceptedMessage(last.MessageId, Now)]);
    }

    [Fact]
    public void Add_BatchAnsweredBefore_IsTheSameInEachPlace()
    {
        var earlier = new AcceptedMessage(new MessageId(99), Now.AddHours(-1));
        var plan = Plan(answered: new AnsweredPublish(Claim.RequestHash, [earlier, null, null, null], Now.AddHours(1)), taken: "e");

        plan.Add(InBatch(0, "e")).ShouldBe(new PublishResult(PublishStatus.Accepted, earlier.Id, earlier.CreatedAt));
        plan.Add(InBatch(2, "e")).Status.ShouldBe(PublishStatus.EventIdTaken);
        plan.Add(InBatch(3, "f")).Status.ShouldBe(PublishStatus.RefusedBefore);

        plan.Rows.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Add_OtherBatchUnderTheKey_IsConflictInEachPlace()
    {
        var plan = Plan(answered: new AnsweredPublish([2], [new AcceptedMessage(new MessageId(99), Now)], Now.AddHours(1)));

        plan.Add(InBatch(0, "e")).Status.ShouldBe(PublishStatus.IdempotencyConflict);
        plan.Add(InBatch(3, "f")).Status.ShouldBe(PublishStatus.IdempotencyConflict);
    }

    [Theory]
    [InlineData(201, 24)]
    [InlineData(200, 48)]
    [InlineData(202, 48)]
    [InlineData(207, 0)]
    [InlineData(207, 25)]
    public void Read_RecordOfSomethingElse_IsNothing(int status, int length)
    {
        PublishedAnswer.Read(status, new byte[length]).ShouldBeNull();
    }

    private static PublishRequest Request(string payload) =>
        new("acme", "b", null, null, System.Text.Encoding.UTF8.GetBytes(payload), TimeSpan.FromDays(90), null, null);

    private static PublishRequest InBatch(int place, string eventId) =>
        Request("""{"n":6}""") with { EventId = eventId, Idempotency = Claim, Batch = new BatchPlace(place, 4) };

    private static OutboxPlan Plan(Subscription[]? subscriptions = null, AnsweredPublish? answered = null, string? taken = null)
    {
        subscriptions ??= [new Subscription(Filtered, null, null, 7) { Filter = Over5 }];
        var snapshot = new OutboxSnapshot(
            new Dictionary<string, ApplicationId> { ["acme"] = Application },
            subscriptions.ToLookup(_ => Application),
            taken is null ? new HashSet<(ApplicationId, string)>() : new HashSet<(ApplicationId, string)> { (Application, taken) },
            answered is null ? [] : new Dictionary<(ApiKeyId, string), AnsweredPublish> { [(Claim.ApiKeyId, Claim.Key)] = answered });
        var ids = new IdGenerator(new FakeTimeProvider(Now));
        var messageIds = Enumerable.Range(0, 10).Select(_ => ids.New<MessageId>()).ToArray();
        return new OutboxPlan(snapshot, messageIds, ids, Now, TimeSpan.FromHours(24), new ContentFilterCache());
    }
}

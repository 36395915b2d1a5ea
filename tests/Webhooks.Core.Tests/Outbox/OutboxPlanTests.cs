using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Tests.Outbox;

public sealed class OutboxPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApplicationId Application = new(1);
    private static readonly EndpointId All = new(2);
    private static readonly EndpointId OnlyA = new(3);

    [Fact]
    public void Add_Accepted_MessageAndPayloadAreRows()
    {
        var plan = Plan();
        var request = Request("a") with { EventId = "e", Channels = ["x"], TraceParent = "00-1-2-01" };

        var result = plan.Add(request);

        result.ShouldBe(new PublishResult(PublishStatus.Accepted, plan.Rows.Messages.Single().Id, Now));
        var message = plan.Rows.Messages.Single();
        (message.EventType, message.EventId, message.TraceParent).ShouldBe(("a", "e", "00-1-2-01"));
        message.CreatedAt.ShouldBe(Now);
        plan.Rows.Payloads.Single().ShouldBe(new MessagePayloadRow(message.Id, request.Payload, Now + request.PayloadRetention));
    }

    [Fact]
    public void Add_SeveralMessages_SequencesGoOnFromTheLanes()
    {
        var plan = Plan();

        foreach (var type in new[] { "a", "b", "a" })
            plan.Add(Request(type));

        plan.Rows.Deliveries.Where(d => d.EndpointId == All).Select(d => d.Sequence).ShouldBe([8, 9, 10]);
        plan.Rows.Deliveries.Where(d => d.EndpointId == OnlyA).Select(d => d.Sequence).ShouldBe([1, 2]);
        plan.Rows.Lanes.ShouldBe([new LaneArrival(All, 10, Now), new LaneArrival(OnlyA, 2, Now)], ignoreOrder: true);
    }

    [Fact]
    public void Add_NothingMatches_NoLaneIsTouched()
    {
        var plan = Plan(subscriptions: []);

        plan.Add(Request("a"));

        plan.Rows.Deliveries.ShouldBeEmpty();
        plan.Rows.Lanes.ShouldBeEmpty();
        plan.Rows.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Add_ApplicationUnknown_IsNotFoundAndNoRow()
    {
        var plan = Plan();

        plan.Add(Request("a") with { Application = "nobody" }).Status.ShouldBe(PublishStatus.ApplicationNotFound);

        plan.Rows.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Add_EventIdTakenBefore_IsRefused()
    {
        Plan(taken: "e").Add(Request("a") with { EventId = "e" }).Status.ShouldBe(PublishStatus.EventIdTaken);
    }

    [Fact]
    public void Add_EventIdTakenInTheBatch_IsRefused()
    {
        var plan = Plan();
        plan.Add(Request("a") with { EventId = "e" });

        plan.Add(Request("a") with { EventId = "e" }).Status.ShouldBe(PublishStatus.EventIdTaken);
    }

    [Fact]
    public void Add_RetransmissionWithTakenEventId_IsTheFirstAnswer()
    {
        var plan = Plan();
        var request = Request("a") with { EventId = "e", Idempotency = Key("k", 1) };
        var first = plan.Add(request);

        plan.Add(request).ShouldBe(first);
    }

    [Fact]
    public void Add_AnsweredBefore_IsTheEarlierMessage()
    {
        var earlier = new AcceptedMessage(new MessageId(99), Now.AddHours(-1));
        var plan = Plan(answered: new AnsweredPublish([1], [earlier], Now.AddHours(1)));

        plan.Add(Request("a") with { Idempotency = Key("k", 1) }).ShouldBe(new PublishResult(PublishStatus.Accepted, earlier.Id, earlier.CreatedAt));

        plan.Rows.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Add_OtherRequestUnderTheKey_IsConflict()
    {
        var plan = Plan(answered: new AnsweredPublish([1], [new AcceptedMessage(new MessageId(99), Now)], Now.AddHours(1)));

        plan.Add(Request("a") with { Idempotency = Key("k", 2) }).Status.ShouldBe(PublishStatus.IdempotencyConflict);
    }

    [Fact]
    public void Add_KeyOfSomethingThatIsNoMessage_IsConflict()
    {
        var plan = Plan(answered: new AnsweredPublish([1], null, Now.AddHours(1)));

        plan.Add(Request("a") with { Idempotency = Key("k", 1) }).Status.ShouldBe(PublishStatus.IdempotencyConflict);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Add_KeyPastItsPeriod_IsForgotten(byte hash)
    {
        var earlier = new AcceptedMessage(new MessageId(99), Now.AddHours(-24));
        var plan = Plan(answered: new AnsweredPublish([1], [earlier], Now));

        var result = plan.Add(Request("a") with { Idempotency = Key("k", hash) });

        result.ShouldBe(new PublishResult(PublishStatus.Accepted, plan.Rows.Messages.Single().Id, Now));
        plan.Rows.ForgottenKeys.ShouldBe([new ForgottenKey(new ApiKeyId(7), "k", Now)]);
    }

    [Fact]
    public void Add_WithKey_AnswerCanBeReadBack()
    {
        var plan = Plan();

        var result = plan.Add(Request("a") with { Idempotency = Key("k", 1) });

        var record = plan.Rows.IdempotencyRecords.Single();
        PublishedAnswer.Read(record.StatusCode, record.Answer).ShouldBe([new AcceptedMessage(result.MessageId, Now)]);
        record.ExpiresAt.ShouldBe(Now.AddHours(24));
    }

    private static PublishRequest Request(string type) =>
        new("acme", type, null, null, "{}"u8.ToArray(), TimeSpan.FromDays(90), null, null);

    private static IdempotencyClaim Key(string key, byte hash) => new(new ApiKeyId(7), key, [hash]);

    private static OutboxPlan Plan(Subscription[]? subscriptions = null, string? taken = null, AnsweredPublish? answered = null)
    {
        subscriptions ??= [new Subscription(All, null, null, 7), new Subscription(OnlyA, ["a"], null, 0)];
        var snapshot = new OutboxSnapshot(
            new Dictionary<string, ApplicationId> { ["acme"] = Application },
            subscriptions.ToLookup(_ => Application),
            taken is null ? new HashSet<(ApplicationId, string)>() : new HashSet<(ApplicationId, string)> { (Application, taken) },
            answered is null ? [] : new Dictionary<(ApiKeyId, string), AnsweredPublish> { [(new ApiKeyId(7), "k")] = answered });
        var ids = new IdGenerator(new FakeTimeProvider(Now));
        var messageIds = Enumerable.Range(0, 5).Select(_ => ids.New<MessageId>()).ToArray();
        return new OutboxPlan(snapshot, messageIds, ids, Now, TimeSpan.FromHours(24), new ContentFilterCache());
    }
}

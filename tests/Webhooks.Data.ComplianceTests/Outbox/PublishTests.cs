using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1: what one accepted event writes.</summary>
public abstract class PublishTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Publish_Event_MessageIsStored()
    {
        var application = await Given.ApplicationAsync();
        var request = Given.Event(application, "user.created", "event-1", ["a", "b"]) with { TraceParent = "00-1-2-01" };

        var result = await Writer.PublishAsync(request, Cancel);

        var message = await Db.Messages.SingleAsync(Cancel);
        message.Id.ShouldBe(result.MessageId);
        message.ApplicationId.ShouldBe(application);
        message.EventType.ShouldBe("user.created");
        message.EventId.ShouldBe("event-1");
        message.Channels.ShouldBe(["a", "b"]);
        message.TraceParent.ShouldBe("00-1-2-01");
        message.CreatedAt.ShouldBe(result.CreatedAt);
        (await Db.MessagePayloads.SingleAsync(Cancel)).ExpiresAt.ShouldBe(Now + request.PayloadRetention);
    }

    [Fact]
    public async Task Publish_AnyBytes_PayloadIsStoredByteForByte()
    {
        var application = await Given.ApplicationAsync();
        var payload = Encoding.UTF8.GetBytes("\u00a0{ \"b\": 1.0,\r\n\t\"a\" : \"\\u00e9 é 🦊\" }\n").Append((byte)0).ToArray();

        await Writer.PublishAsync(Given.Event(application, payload: payload), Cancel);

        (await Db.MessagePayloads.SingleAsync(Cancel)).Body.ShouldBe(payload);
    }

    [Fact]
    public async Task Publish_ByUid_FindsApplication()
    {
        var application = await Given.ApplicationAsync(a => a.Uid = "acme");

        var result = await Writer.PublishAsync(Given.Event(application) with { Application = "acme" }, Cancel);

        result.Status.ShouldBe(PublishStatus.Accepted);
        (await Db.Messages.SingleAsync(Cancel)).ApplicationId.ShouldBe(application);
    }

    [Fact]
    public async Task Publish_MatchingEndpoint_DeliveryIsDueNow()
    {
        var endpoint = await Given.EndpointAsync();

        var message = (await Given.MessagesAsync(endpoint, 1)).Single();

        var delivery = await Db.Deliveries.SingleAsync(Cancel);
        (delivery.MessageId, delivery.EndpointId, delivery.ReplayNumber).ShouldBe((message, endpoint, 0));
        (delivery.State, delivery.TriggerType, delivery.DueAt).ShouldBe((DeliveryState.Waiting, AttemptTrigger.Scheduled, Now));
        (delivery.Attempts, delivery.Failures, delivery.OwnFaults).ShouldBe((0, 0, 0));
        (delivery.LeaseToken, delivery.LeasedUntil, delivery.LeasedBy).ShouldBe((null, null, null));
        (delivery.LastOutcome, delivery.DeadReason, delivery.FinishedAt).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task Publish_ManyEndpoints_DeliversToExactlyThoseThatMatch()
    {
        var application = await Given.ApplicationAsync();
        var all = await Given.EndpointAsync(application);
        var sameType = await Given.EndpointAsync(application, e => e.EventTypes = ["x", Given.EventType]);
        var sameChannel = await Given.EndpointAsync(application, e => e.Channels = ["a", "b"]);
        var disabled = await Given.EndpointAsync(application, e => e.Disabled = true);
        await Given.EndpointAsync(application, e => e.EventTypes = ["x"]);
        await Given.EndpointAsync(application, e => e.Channels = ["c"]);
        await Given.EndpointAsync(application, e => e.DeletedAt = Now);
        await Given.EndpointAsync();

        await Writer.PublishAsync(Given.Event(application, channels: ["b", "d"]), Cancel);

        var matched = await Db.Deliveries.Select(d => d.EndpointId).ToListAsync(Cancel);
        matched.ShouldBe([all, sameType, sameChannel, disabled], ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_SeveralBatches_SequencesRiseWithoutGapsPerEndpoint()
    {
        var application = await Given.ApplicationAsync();
        var everything = await Given.EndpointAsync(application);
        var half = await Given.EndpointAsync(application, e => e.EventTypes = ["even"]);

        for (var batch = 0; batch < 3; batch++)
            await Writer.CommitAsync([.. Enumerable.Range(0, 10).Select(i => Given.Event(application, i % 2 == 0 ? "even" : "odd"))]);

        var sequences = await Db.Deliveries.OrderBy(d => d.Id).Select(d => new { d.EndpointId, d.Sequence }).ToListAsync(Cancel);
        sequences.Where(d => d.EndpointId == everything).Select(d => d.Sequence).ShouldBe(Enumerable.Range(1, 30).Select(i => (long)i));
        sequences.Where(d => d.EndpointId == half).Select(d => d.Sequence).ShouldBe(Enumerable.Range(1, 15).Select(i => (long)i));
        (await LaneAsync(everything)).LastSequence.ShouldBe(30);
    }

    [Fact]
    public async Task Publish_NoEndpointMatches_MessageAloneIsStored()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application, e => e.EventTypes = ["x"]);

        var result = await Writer.PublishAsync(Given.Event(application), Cancel);

        result.Status.ShouldBe(PublishStatus.Accepted);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(1);
        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Publish_UnknownOrDeletedApplication_IsRefusedAndNothingIsWritten()
    {
        var deleted = await Given.ApplicationAsync(a => a.DeletedAt = Now);

        var results = await Writer.CommitAsync([Given.Event(deleted), Given.Event(deleted) with { Application = "nobody" }]);

        results.Select(r => r.Status).ShouldBe([PublishStatus.ApplicationNotFound, PublishStatus.ApplicationNotFound]);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Publish_TakenEventIdInSameBatch_FailsAlone()
    {
        var application = await Given.ApplicationAsync();
        var other = await Given.ApplicationAsync();

        var results = await Writer.CommitAsync(
            [Given.Event(application, eventId: "e"), Given.Event(application, eventId: "e"), Given.Event(other, eventId: "e"), Given.Event(application)]);

        results.Select(r => r.Status).ShouldBe(
            [PublishStatus.Accepted, PublishStatus.EventIdTaken, PublishStatus.Accepted, PublishStatus.Accepted]);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(3);
    }

    [Fact]
    public async Task Publish_EventIdTakenByEarlierBatch_FailsAlone()
    {
        var application = await Given.ApplicationAsync();
        await Writer.PublishAsync(Given.Event(application, eventId: "e"), Cancel);

        var results = await Writer.CommitAsync([Given.Event(application, eventId: "e"), Given.Event(application, eventId: "f")]);

        results.Select(r => r.Status).ShouldBe([PublishStatus.EventIdTaken, PublishStatus.Accepted]);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Find_SomeMessagesAreOnRecord_FindsThose()
    {
        var application = await Given.ApplicationAsync();
        var results = await Writer.CommitAsync([Given.Event(application), Given.Event(application)]);
        var ids = results.Select(result => result.MessageId).ToList();

        await using var transaction = await Sql.BeginOutboxAsync(Cancel);
        var found = await transaction.FindAsync([.. ids, Ids.New<MessageId>()], Cancel);

        found.ShouldBe(ids, ignoreOrder: true);
    }
}

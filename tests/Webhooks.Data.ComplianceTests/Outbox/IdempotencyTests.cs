using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1: a retransmission has no second effect.</summary>
public abstract class IdempotencyTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Publish_SameKeySameRequest_GivesSameAnswerAndNothingNew()
    {
        var application = await Given.ApplicationAsync();
        var request = Given.Event(application, eventId: "e", idempotency: Given.Key("k"));
        var first = await Writer.PublishAsync(request, Cancel);
        Clock.Advance(TimeSpan.FromHours(1));

        var second = await Writer.PublishAsync(request, Cancel);

        second.ShouldBe(first);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_SameKeyTwiceInOneBatch_GivesSameAnswer()
    {
        var application = await Given.ApplicationAsync();
        var request = Given.Event(application, idempotency: Given.Key("k"));

        var results = await Writer.CommitAsync([request, request]);

        results[1].ShouldBe(results[0]);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_SameKeyOtherRequest_IsConflict()
    {
        var application = await Given.ApplicationAsync();
        await Writer.PublishAsync(Given.Event(application, idempotency: Given.Key("k", hash: 1)), Cancel);

        var result = await Writer.PublishAsync(Given.Event(application, idempotency: Given.Key("k", hash: 2)), Cancel);

        result.Status.ShouldBe(PublishStatus.IdempotencyConflict);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Publish_SameKeyOtherRequestInOneBatch_SecondIsConflict()
    {
        var application = await Given.ApplicationAsync();

        var results = await Writer.CommitAsync(
            [Given.Event(application, idempotency: Given.Key("k", hash: 1)), Given.Event(application, idempotency: Given.Key("k", hash: 2))]);

        results.Select(r => r.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.IdempotencyConflict]);
    }

    [Fact]
    public async Task Publish_KeyUsedForSomethingElse_IsConflict()
    {
        var application = await Given.ApplicationAsync();
        var claim = Given.Key("k");
        await Given.SaveAsync(new IdempotencyRecord
        {
            ApiKeyId = claim.ApiKeyId, IdempotencyKey = claim.Key, RequestHash = claim.RequestHash, StatusCode = 201, Answer = new byte[24],
            ExpiresAt = Now.AddHours(1),
        });

        var result = await Writer.PublishAsync(Given.Event(application, idempotency: claim), Cancel);

        result.Status.ShouldBe(PublishStatus.IdempotencyConflict);
    }

    [Fact]
    public async Task Publish_SameKeyOfAnotherCaller_IsAnotherMessage()
    {
        var application = await Given.ApplicationAsync();
        var mine = Given.Key("k");
        await Writer.PublishAsync(Given.Event(application, idempotency: mine), Cancel);

        var result = await Writer.PublishAsync(Given.Event(application, idempotency: mine with { ApiKeyId = new ApiKeyId(8) }), Cancel);

        result.Status.ShouldBe(PublishStatus.Accepted);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Publish_WithKey_RecordLastsForThePeriod()
    {
        var application = await Given.ApplicationAsync();

        await Writer.PublishAsync(Given.Event(application, idempotency: Given.Key("k")), Cancel);

        var record = await Db.IdempotencyRecords.SingleAsync(Cancel);
        record.StatusCode.ShouldBe(202);
        record.ExpiresAt.ShouldBe(Now + new OutboxOptions().IdempotencyPeriod);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Publish_KeyPastItsPeriodAndNotCleanedUp_IsAnotherMessage(byte hash)
    {
        var application = await Given.ApplicationAsync();
        await Writer.PublishAsync(Given.Event(application, idempotency: Given.Key("k")), Cancel);
        Clock.Advance(new OutboxOptions().IdempotencyPeriod);
        var request = Given.Event(application, idempotency: Given.Key("k", hash));

        var result = await Writer.PublishAsync(request, Cancel);

        result.Status.ShouldBe(PublishStatus.Accepted);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(2);
        (await Db.IdempotencyRecords.SingleAsync(Cancel)).ExpiresAt.ShouldBe(Now + new OutboxOptions().IdempotencyPeriod);
        (await Writer.PublishAsync(request, Cancel)).ShouldBe(result);
    }

    [Fact]
    public async Task Publish_RefusedRequest_LeavesItsKeyFree()
    {
        var application = await Given.ApplicationAsync();
        var refused = Given.Event(application, idempotency: Given.Key("k")) with { Application = "later" };
        await Writer.PublishAsync(refused, Cancel);
        await Given.ApplicationAsync(a => a.Uid = "later");

        var result = await Writer.PublishAsync(refused, Cancel);

        result.Status.ShouldBe(PublishStatus.Accepted);
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1 of a batch: one transaction, one idempotency record, an answer for each.</summary>
public abstract class BatchPublishTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task PublishBatch_FaultHalfWay_LeavesNothing()
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await RefuseEventTypeAsync("bad");
        var batch = Batch(application, Given.Key("k"), ["good", "good", "bad", "good"]);

        await Writer.PublishBatchAsync(batch, Cancel).ShouldThrowAsync<Exception>();

        (await Db.Messages.CountAsync(Cancel)).ShouldBe(0);
        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(0);
        (await Db.IdempotencyRecords.CountAsync(Cancel)).ShouldBe(0);
        (await LaneAsync(endpoint)).LastSequence.ShouldBe(0);
    }

    [Fact]
    public async Task PublishBatch_AThousand_ShareOneTransactionAndComeInOrder()
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1); // each transaction has a time of its own

        var results = (await Writer.PublishBatchAsync(Batch(application, null, [.. Enumerable.Repeat("a", 1_000)]), Cancel))!;

        results.Select(result => result.CreatedAt).Distinct().ShouldHaveSingleItem();
        var inLane = await Db.Deliveries.OrderBy(d => d.Sequence).Select(d => d.MessageId).ToListAsync(Cancel);
        inLane.ShouldBe(results.Select(result => result.MessageId));
    }

    [Fact]
    public async Task PublishBatch_Retransmitted_GivesTheSameAnswersAndNothingNew()
    {
        var application = await Given.ApplicationAsync();
        var batch = Batch(application, Given.Key("k"), ["a", "a", "b"], ["e", "e", null]);
        var first = (await Writer.PublishBatchAsync(batch, Cancel))!;
        Clock.Advance(TimeSpan.FromHours(1));

        var second = (await Writer.PublishBatchAsync(batch, Cancel))!;

        first.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.EventIdTaken, PublishStatus.Accepted]);
        second.ShouldBe(first);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(2);
        (await Db.IdempotencyRecords.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task PublishBatch_RetransmittedManyTimesAtOnce_IsAcceptedOnce()
    {
        var application = await Given.ApplicationAsync();
        var batch = Batch(application, Given.Key("k"), ["a", "b", "c"]);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => Writer.PublishBatchAsync(batch, Cancel), Cancel)));

        answers.ShouldAllBe(results => results!.SequenceEqual(answers[0]!));
        answers[0]!.ShouldAllBe(result => result.Status == PublishStatus.Accepted);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(3);
    }

    [Fact]
    public async Task PublishBatch_OtherBatchesUnderOneKeyAtOnce_OneIsAcceptedAndTheOthersConflictWhole()
    {
        var application = await Given.ApplicationAsync();
        var batches = Enumerable.Range(1, 10)
            .Select(i => Batch(application, Given.Key("k", (byte)i), [.. Enumerable.Repeat("a", i)])).ToList();

        var answers = await Task.WhenAll(batches.Select(batch => Task.Run(() => Writer.PublishBatchAsync(batch, Cancel), Cancel)));

        var accepted = answers.Single(results => results!.All(result => result.Status == PublishStatus.Accepted))!;
        answers.Count(results => results!.All(result => result.Status == PublishStatus.IdempotencyConflict)).ShouldBe(9);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(accepted.Count);
    }

    [Fact]
    public async Task Publish_AloneUnderTheKeyOfABatch_IsConflict()
    {
        var application = await Given.ApplicationAsync();
        await Writer.PublishBatchAsync(Batch(application, Given.Key("k", 1), ["a"]), Cancel);

        var result = await Writer.PublishAsync(Given.Event(application, idempotency: Given.Key("k", 2)), Cancel);

        result.Status.ShouldBe(PublishStatus.IdempotencyConflict);
    }

    [Fact]
    public async Task PublishBatch_AllRefused_LeavesItsKeyFree()
    {
        var application = await Given.ApplicationAsync();
        await Writer.PublishAsync(Given.Event(application, eventId: "e"), Cancel);

        var results = (await Writer.PublishBatchAsync(Batch(application, Given.Key("k"), ["a"], ["e"]), Cancel))!;

        results.Single().Status.ShouldBe(PublishStatus.EventIdTaken);
        (await Db.IdempotencyRecords.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task PublishBatch_KeyPastItsPeriodAndNotCleanedUp_IsDoneAgain()
    {
        var application = await Given.ApplicationAsync();
        var batch = Batch(application, Given.Key("k"), ["a", "b"]);
        var first = (await Writer.PublishBatchAsync(batch, Cancel))!;
        Clock.Advance(new OutboxOptions().IdempotencyPeriod);

        var second = (await Writer.PublishBatchAsync(batch, Cancel))!;

        second.Select(result => result.Status).ShouldAllBe(status => status == PublishStatus.Accepted);
        second.Select(result => result.MessageId).Intersect(first.Select(result => result.MessageId)).ShouldBeEmpty();
        (await Writer.PublishBatchAsync(batch, Cancel))!.ShouldBe(second);
    }

    [Fact]
    public async Task PublishBatch_PayloadsWaitingReachTheBound_IsRefusedWholeUntilTheyAreCommitted()
    {
        var application = await Given.ApplicationAsync();
        var large = Given.Event(application, payload: new byte[new OutboxOptions().MaxQueuedBytes / 4]);

        Task<IReadOnlyList<PublishResult>?>[] publishing = [];
        await Given.WriteAsync(_ =>
        {
            publishing = [.. Enumerable.Range(0, 3).Select(_ => Writer.PublishBatchAsync([large, large], Cancel))];
            return Task.CompletedTask;
        });
        var answers = await Task.WhenAll(publishing);

        answers.Select(results => results?.Count).ShouldBe([2, 2, null]);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(4);
        (await Writer.PublishBatchAsync([large, large], Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task PublishBatch_MessagesWaitingReachTheBound_IsRefusedWhole()
    {
        var application = await Given.ApplicationAsync();
        var batch = Batch(application, null, [.. Enumerable.Repeat("a", new OutboxOptions().QueueCapacity / 2 + 1)]);

        Task<IReadOnlyList<PublishResult>?>[] publishing = [];
        await Given.WriteAsync(_ =>
        {
            publishing = [.. Enumerable.Range(0, 2).Select(_ => Writer.PublishBatchAsync(batch, Cancel))];
            return Task.CompletedTask;
        });
        var answers = await Task.WhenAll(publishing);

        answers.Select(results => results?.Count).ShouldBe([batch.Count, null]);
    }

    private static List<PublishRequest> Batch(
        ApplicationId application, IdempotencyClaim? claim, string[] types, string?[]? eventIds = null) =>
        [.. types.Select((type, i) =>
            Given.Event(application, type, eventIds?[i], idempotency: claim) with { Batch = new BatchPlace(i, types.Length) })];
}

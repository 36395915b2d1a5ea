using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>Commit 1 under concurrency and faults: requests share transactions and never each other's fate.</summary>
public abstract class GroupedPublishTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Publish_ManyAtOnceWhileDatabaseIsBusy_ShareFewTransactions()
    {
        const int Requests = 1_000;
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1); // each transaction has a time of its own

        Task<PublishResult[]> publishing = null!;
        await Given.WhileLaneIsLockedAsync(endpoint, () =>
            publishing = Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => Writer.PublishAsync(Given.Event(application), Cancel))));
        var results = await publishing;

        results.ShouldAllBe(result => result.Status == PublishStatus.Accepted);
        results.DistinctBy(result => result.CreatedAt).Count().ShouldBeLessThanOrEqualTo(1 + 1 + Requests / new OutboxOptions().MaxBatch);
    }

    [Fact]
    public async Task Publish_PayloadsWaitingReachTheBound_NextIsRefusedUntilTheyAreCommitted()
    {
        var endpoint = await Given.EndpointAsync();
        var large = Given.Event((await LaneAsync(endpoint)).ApplicationId, payload: new byte[new OutboxOptions().MaxQueuedBytes / 2]);

        Task<PublishResult>[] publishing = [];
        var wasFull = false;
        await Given.WhileLaneIsLockedAsync(endpoint, () =>
        {
            publishing = [.. Enumerable.Range(0, 3).Select(_ => Writer.PublishAsync(large, Cancel))];
            wasFull = Writer.IsFullFor(large);
        });
        var results = await Task.WhenAll(publishing);

        wasFull.ShouldBeTrue();
        Writer.IsFullFor(large).ShouldBeFalse();
        results.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.Accepted, PublishStatus.QueueFull]);
        (await Writer.PublishAsync(large, Cancel)).Status.ShouldBe(PublishStatus.Accepted);
    }

    [Fact]
    public async Task Publish_RawPayloadsWaitingReachTheBound_NextIsRefused()
    {
        var endpoint = await Given.EndpointAsync();
        var large = Given.Event((await LaneAsync(endpoint)).ApplicationId) with
        {
            RawPayload = new byte[new OutboxOptions().MaxQueuedBytes / 2 - 2],
        };

        Task<PublishResult>[] publishing = [];
        await Given.WhileLaneIsLockedAsync(
            endpoint, () => publishing = [.. Enumerable.Range(0, 3).Select(_ => Writer.PublishAsync(large, Cancel))]);
        var results = await Task.WhenAll(publishing);

        results.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.Accepted, PublishStatus.QueueFull]);
    }

    [Fact]
    public async Task Publish_OnePayloadOverTheBoundAlone_IsAccepted()
    {
        var application = await Given.ApplicationAsync();
        var request = Given.Event(application, payload: new byte[new OutboxOptions().MaxQueuedBytes + 1]);

        var result = await Writer.PublishAsync(request, Cancel);

        result.Status.ShouldBe(PublishStatus.Accepted);
    }

    [Fact]
    public async Task Publish_ManyAtOnce_AllAreThereWithoutGaps()
    {
        const int Requests = 2_000;
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;

        var results = await Task.WhenAll(Enumerable.Range(0, Requests).Select(
            _ => Task.Run(() => Writer.PublishAsync(Given.Event(application), Cancel), Cancel)));

        var deliveries = await Db.Deliveries.OrderBy(d => d.Sequence).Select(d => new { d.MessageId, d.Sequence }).ToListAsync(Cancel);
        deliveries.Select(d => d.Sequence).ShouldBe(Enumerable.Range(1, Requests).Select(i => (long)i));
        deliveries.Select(d => d.MessageId).ShouldBe(results.Select(r => r.MessageId), ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_DatabaseRefusesOneMessage_ThatRequestFails()
    {
        var application = await Given.ApplicationAsync();
        await RefuseEventTypeAsync("bad");

        var publishing = Writer.PublishAsync(Given.Event(application, "bad"), Cancel);

        await publishing.ShouldThrowAsync<Exception>();
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Publish_DatabaseRefusesOneOfMany_OthersAreAccepted()
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await RefuseEventTypeAsync("bad");

        var publishing = new List<Task<PublishResult>>();
        await Given.WhileLaneIsLockedAsync(endpoint, () => publishing.AddRange(
            Enumerable.Range(0, 100).Select(i => Writer.PublishAsync(Given.Event(application, i == 50 ? "bad" : "good"), Cancel))));
        await Task.WhenAll(publishing).ShouldThrowAsync<Exception>();

        publishing.Count(task => task.IsCompletedSuccessfully).ShouldBe(99);
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(99);
    }

    [Fact]
    public async Task Commit_FaultHalfWay_LeavesNothing()
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await RefuseEventTypeAsync("bad");

        var commit = Writer.CommitAsync([Given.Event(application, idempotency: Given.Key("k")), Given.Event(application, "bad")]);
        await commit.ShouldThrowAsync<Exception>();

        (await Db.Messages.CountAsync(Cancel)).ShouldBe(0);
        (await Db.MessagePayloads.CountAsync(Cancel)).ShouldBe(0);
        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(0);
        (await Db.IdempotencyRecords.CountAsync(Cancel)).ShouldBe(0);
        (await LaneAsync(endpoint)).LastSequence.ShouldBe(0);
    }

    [Fact]
    public async Task Commit_AfterFault_NextOneSucceeds()
    {
        var application = await Given.ApplicationAsync();
        await RefuseEventTypeAsync("bad");
        await Writer.CommitAsync([Given.Event(application, "bad")]).ShouldThrowAsync<Exception>();

        var results = await Writer.CommitAsync([Given.Event(application)]);

        results.Single().Status.ShouldBe(PublishStatus.Accepted);
    }

    [Fact]
    public async Task Dispose_WithoutCommit_RollsBack()
    {
        var application = await Given.ApplicationAsync();
        var request = Given.Event(application);

        await using (var transaction = await Sql.BeginOutboxAsync(Cancel))
        {
            var snapshot = await transaction.ReadAsync([request], Cancel);
            var plan = new OutboxPlan(snapshot, [Ids.New<MessageId>()], Ids, Now, TimeSpan.FromHours(1), new ContentFilterCache());
            plan.Add(request);
            await transaction.WriteAsync(plan.Rows, Cancel);
        }

        (await Db.Messages.CountAsync(Cancel)).ShouldBe(0);
    }
}

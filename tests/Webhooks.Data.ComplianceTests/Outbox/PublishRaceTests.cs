using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>The same event at several nodes at the same moment.</summary>
public abstract class PublishRaceTests(SharedStore store) : SharedStoreTests(store)
{
    [Fact]
    public async Task Publish_SameEventIdFromTwoNodes_OneIsAcceptedAndOneIsTaken()
    {
        var (first, second) = (NewWriter(), NewWriter());
        var application = await Given.ApplicationAsync(); // without an endpoint, so no lane's lock comes between them

        for (var round = 0; round < 50; round++)
        {
            var request = Given.Event(application, eventId: $"e{round}");
            var results = await TogetherAsync(
                () => first.PublishAsync(request, Cancel), () => second.PublishAsync(request, Cancel));

            results.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.EventIdTaken], ignoreOrder: true);
        }

        (await Db.Messages.CountAsync(Cancel)).ShouldBe(50);
    }

    [Fact]
    public async Task Publish_SameIdempotencyKeyAtTwoNodes_BothGetTheSameAnswer()
    {
        var (first, second) = (NewWriter(), NewWriter());
        var application = await Given.ApplicationAsync();

        for (var round = 0; round < 50; round++)
        {
            var request = Given.Event(application, idempotency: Given.Key($"k{round}"));
            var results = await TogetherAsync(
                () => first.PublishAsync(request, Cancel), () => second.PublishAsync(request, Cancel));

            results[0].Status.ShouldBe(PublishStatus.Accepted);
            results[1].ShouldBe(results[0]);
        }

        (await Db.Messages.CountAsync(Cancel)).ShouldBe(50);
    }

    [Fact]
    public async Task Publish_AnotherNodeUsedAForgottenKeyMeanwhile_FindsItTaken()
    {
        var period = new OutboxOptions().IdempotencyPeriod;
        var request = Given.Event(await Given.ApplicationAsync(), idempotency: Given.Key("k"));
        await Writer.PublishAsync(request, Cancel);
        Clock.Advance(period);
        await using var late = await Sql.BeginOutboxAsync(Cancel);
        var plan = new OutboxPlan(
            await late.ReadAsync([request], Cancel), [Ids.New<MessageId>()], Ids, Now, period, new ContentFilterCache());
        plan.Add(request).Status.ShouldBe(PublishStatus.Accepted);

        await Writer.PublishAsync(request, Cancel);
        var fault = await Record.ExceptionAsync(async () =>
        {
            await late.WriteAsync(plan.Rows, Cancel); // some engines send it with the commit
            await late.CommitAsync(Cancel);
        });

        Sql.IsTransient(fault.ShouldNotBeNull()).ShouldBeTrue(); // so it looks again
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(2);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Outbox;

/// <summary>The answer to a commit does not come: each event is there once, and its publisher gets the answer that is true.</summary>
public abstract class LostCommitTests(Store store) : StoreTests(store)
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Publish_ConnectionBreaksAtTheCommit_EachEventIsThereOnce(bool tookPlace)
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        var writer = NewWriter(async transaction =>
        {
            if (tookPlace)
                await transaction.CommitAsync(Cancel);
            await transaction.DisposeAsync();
        });

        var results = await writer.CommitAsync(
            [Given.Event(application, eventId: "e"), Given.Event(application, eventId: "e"), Given.Event(application)]);

        results.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.EventIdTaken, PublishStatus.Accepted]);
        var messages = await Db.Messages.OrderBy(message => message.Id).ToListAsync(Cancel);
        messages.Select(message => (message.Id, message.CreatedAt)).ShouldBe(
            results.Where(result => result.Status == PublishStatus.Accepted).Select(result => (result.MessageId, result.CreatedAt)));
        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(2);
        (await LaneAsync(endpoint)).LastSequence.ShouldBe(2);
    }

    private OutboxWriter NewWriter(Func<IOutboxTransaction, Task> breaks)
    {
        var sql = new BreakingSql(Sql, breaks);
        return new OutboxWriter(
            sql, new DatabaseResilience(sql, TimeProvider.System), Ids, new ContentFilterCache(), WakeUp, Clock,
            Options.Create(new OutboxOptions()));
    }
}

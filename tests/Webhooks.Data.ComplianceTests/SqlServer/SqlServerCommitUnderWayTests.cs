using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.SqlServer;

/// <summary>
/// The connection breaks, and the server goes on with what came by it. The rows are written by then: only PostgreSQL gets them with the
/// commit, and has tests of its own for this.
/// </summary>
public sealed class SqlServerCommitUnderWayTests() : SharedStoreTests(new SqlServerStore())
{
    [Theory]
    [InlineData(null), InlineData("e")]
    public async Task Publish_CommitIsStillUnderWayWhenItIsTriedAgain_EventIsThereOnce(string? eventId)
    {
        var application = await Given.ApplicationAsync(); // without an endpoint, so no lane's lock makes the second try wait
        IOutboxTransaction? underWay = null;
        var sql = new BreakingSql(Sql, transaction =>
        {
            underWay = transaction;
            return Task.CompletedTask;
        });
        var writer = new OutboxWriter(
            sql, new DatabaseResilience(sql, TimeProvider.System), Ids, new ContentFilterCache(), WakeUp, Clock,
            Options.Create(new OutboxOptions()));

        var publishing = writer.PublishAsync(Given.Event(application, eventId: eventId), Cancel);
        await OneWaitsAsync();
        await underWay!.CommitAsync(Cancel);
        await underWay.DisposeAsync();
        var result = await publishing;

        var message = await Db.Messages.SingleAsync(Cancel);
        result.ShouldBe(new PublishResult(PublishStatus.Accepted, message.Id, message.CreatedAt));
    }
}

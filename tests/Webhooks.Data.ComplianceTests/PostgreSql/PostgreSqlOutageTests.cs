using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>The database goes away while attempts are under way, and comes back: what they showed is not lost.</summary>
public sealed class PostgreSqlOutageTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    [Fact]
    public async Task Record_ServerIsAwayForLongerThanQuickRetriesTake_OutcomesAreRecordedWhenItIsBack()
    {
        await using var proxy = new DatabaseProxy(Store.ConnectionString);
        await using var node = new Node(proxy.ConnectionString);
        await Given.MessagesAsync(await Given.EndpointAsync(), 5);
        var claim = await node.Sql.ClaimAsync(Claiming() with { LeasedUntil = Now.AddDays(1) }, Cancel);
        var recorder = new AttemptRecorder(
            node.Sql, new DatabaseResilience(node.Sql, Clock), WakeUp, Clock, NullLogger<AttemptRecorder>.Instance);
        proxy.GoAway();
        var recording = Task.WhenAll(claim.Deliveries.Select(delivery => recorder.RecordAsync(Given.Record(delivery, Answers.Ok))));
        await TimePassesUntilAsync(() => recorder.IsCutOff);

        proxy.ComeBack();
        await TimePassesUntilAsync(() => recording.IsCompleted);

        (await recording).ShouldAllBe(recorded => recorded);
        (await Db.Deliveries.CountAsync(delivery => delivery.State == DeliveryState.Delivered, Cancel)).ShouldBe(5);
        (await Db.Attempts.CountAsync(Cancel)).ShouldBe(5);
    }

    private async Task TimePassesUntilAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Polling;
using Webhooks.Core.Telemetry;
using Webhooks.Data.Sqlite;

namespace Webhooks.Data.ComplianceTests.Sqlite;

/// <summary>The hot path's statements go through the partial indexes, so their work does not depend on what waits or is finished.</summary>
public sealed class SqliteQueryPlanTests : SqlitePlans
{
    [Fact]
    public async Task SelectNextReadyAt_AnyLanes_ReadsTheFirstEntryOfTheIndex()
    {
        (await PlanAsync(ClaimSql.SelectNextReadyAt)).ShouldBe(["SEARCH lanes USING INDEX ix_lanes_ready (ready_at>?)"]);
    }

    [Fact]
    public async Task SelectReadyLanes_AnyLanes_WalksReadyLanesInOrderWithoutSorting()
    {
        var plan = await PlanAsync(ClaimSql.SelectReadyLanes);

        plan[0].ShouldBe("SEARCH l USING INDEX ix_lanes_ready (ready_at<?)");
        plan.Skip(1).ShouldAllBe(step => step.Contains("(id=?)"));
    }

    [Fact]
    public async Task SelectWaiting_AnyBacklog_WalksWaitingRowsInOrderWithoutSorting()
    {
        var plan = await PlanAsync(ClaimSql.SelectWaiting);

        plan[0].ShouldBe("SEARCH d USING INDEX ix_deliveries_waiting (endpoint_id=?)");
        plan.Skip(1).ShouldAllBe(step => step.Contains("(id=?)") || step.Contains("(message_id=?)"));
    }

    [Fact]
    public async Task SelectNewest_AnyBacklog_WalksItFromTheOtherEndWithoutSorting()
    {
        var plan = await PlanAsync(ClaimSql.SelectNewest);

        plan[0].ShouldBe("SEARCH d USING INDEX ix_deliveries_waiting (endpoint_id=? AND due_at>? AND due_at<?)");
        plan.Skip(1).ShouldAllBe(step => step.Contains("(id=?)") || step.Contains("(message_id=?)"));
    }

    [Theory]
    [InlineData(ClaimSql.LeaseDelivery, "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData(ClaimSql.MoveLane, "(endpoint_id=?)")]
    [InlineData(ClaimSql.PaceApplication, "(id=?)")]
    [InlineData(ClaimSql.SelectSecrets, "(endpoint_id=?)")]
    [InlineData(RecordSql.MoveDelivery, "(id=?)")]
    [InlineData(RecordSql.MoveLane, "(endpoint_id=?)")]
    [InlineData(RecordSql.InsertDeadLetter, "(id=?)")]
    [InlineData(OperationalEventSql.InsertEvent, "(id=?)")]
    [InlineData(OutboxSql.SelectSubscriptions, "(application_id=?)")]
    [InlineData(RecordSql.ReleaseNext, "rowid=?")]
    [InlineData(RecordSql.ReadyLane, "(endpoint_id=?)")]
    [InlineData(ClaimSql.SelectQueued, "ix_deliveries_queued (endpoint_id=?)")]
    [InlineData(OutboxSql.SelectBusyKey, "ix_deliveries_ordered (endpoint_id=? AND ordering_key=?)")]
    [InlineData(OutboxSql.SelectEventId, "(application_id=? AND event_id=?)")]
    [InlineData(OutboxSql.ReadyLane, "(endpoint_id=?)")]
    public async Task AnyStatement_AnyTable_FindsItsRowsByKey(string sql, string by)
    {
        var plan = await PlanAsync(sql);

        plan[0].ShouldStartWith("SEARCH");
        plan[0].ShouldContain(by);
        plan.ShouldAllBe(step => !step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReleaseNext_AnyQueue_ReadsTheFirstEntryOfTheKey()
    {
        var plan = await PlanAsync(RecordSql.ReleaseNext);

        plan.ShouldContain("SEARCH deliveries USING COVERING INDEX ix_deliveries_queued (endpoint_id=? AND ordering_key=?)");
        plan.ShouldAllBe(step => !step.Contains("SORT") && !step.Contains("B-TREE"));
    }

    [Fact]
    public async Task LeaseSweep_AnyHistory_WalksRowsUnderLeaseOnly()
    {
        await using var db = NewContext();
        var sql = LeaseSweep.Lost(db, DateTimeOffset.UnixEpoch).ToQueryString();

        var plan = await PlanAsync(sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]);

        plan[0].ShouldContain("USING INDEX ix_deliveries_sending (leased_until<?)");
    }

    [Fact]
    public async Task LaneReader_AnyHistory_WalksTheLaneFromItsPlaceOn()
    {
        var plan = await PlanAsync(db => LaneReader.Rows(db, new EndpointId(1), position: 1, count: 1));

        plan.ShouldContain("SEARCH d USING INDEX IX_deliveries_endpoint_id_sequence (endpoint_id=? AND sequence>?)");
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE") || step.StartsWith("SCAN m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BacklogOfReadyLanes_AnyBacklog_TakesTheFirstRowOfEachLane()
    {
        var plan = await PlanAsync(db => BacklogQueries.Ready(db, DateTimeOffset.UnixEpoch));

        plan.ShouldContain(step => step.Contains("USING INDEX ix_lanes_ready (ready_at<?)"));
        plan.ShouldContain(step => step.Contains("INDEX ix_deliveries_waiting (endpoint_id=?)"));
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE"));
    }

    [Fact]
    public async Task BacklogCounts_AnyHistory_WalkTheirPartialIndexesOnly()
    {
        var waiting = await PlanAsync(BacklogQueries.Waiting);
        var queued = await PlanAsync(BacklogQueries.Queued);
        var held = await PlanAsync(BacklogQueries.Held);

        waiting.ShouldBe(["SCAN d USING INDEX ix_deliveries_waiting"]);
        queued.ShouldBe(["SCAN d USING INDEX ix_deliveries_queued"]);
        held.ShouldBe(["SCAN d USING INDEX ix_deliveries_held"]);
        (await PlanAsync(BacklogQueries.DeadLetters)).ShouldContain("SCAN d USING COVERING INDEX ix_dead_letters_undecided");
    }

    [Fact]
    public async Task BacklogCounts_OfAnEndpointWithAnyHistory_ReadTheirPartialIndexesOnly()
    {
        var waiting = await PlanAsync(db => BacklogQueries.Waiting(Of(db)));
        var queued = await PlanAsync(db => BacklogQueries.Queued(Of(db)));
        var held = await PlanAsync(db => BacklogQueries.Held(Of(db)));

        waiting.ShouldBe(["SEARCH d USING INDEX ix_deliveries_waiting (endpoint_id=?)"]);
        queued.ShouldBe(["SEARCH d USING INDEX ix_deliveries_queued (endpoint_id=?)"]);
        held.ShouldBe(["SEARCH d USING INDEX ix_deliveries_held (endpoint_id=?)"]);

        static IQueryable<Delivery> Of(WebhooksDbContext db) => db.Deliveries.Where(d => d.EndpointId == new EndpointId(7));
    }

    [Fact]
    public async Task LaneCensus_AnyLanes_GoesOnFromTheKey()
    {
        var plan = await PlanAsync(db => BacklogQueries.LanesAfter(db, default, 100));

        plan.ShouldContain(step => step.Contains("SEARCH l USING INDEX") && step.Contains("(endpoint_id>?)"));
        plan.ShouldContain(step => step.Contains("INDEX ix_deliveries_waiting (endpoint_id=?)"));
        plan.ShouldContain(step => step.Contains("INDEX ix_deliveries_queued (endpoint_id=?)"));
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE"));
    }
}

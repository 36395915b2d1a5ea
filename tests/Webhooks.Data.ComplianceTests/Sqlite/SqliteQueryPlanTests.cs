using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Polling;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.Sqlite;

namespace Webhooks.Data.ComplianceTests.Sqlite;

/// <summary>The hot path's statements go through the partial indexes, so their work does not depend on what waits or is finished.</summary>
public sealed class SqliteQueryPlanTests : IAsyncLifetime
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData(ClaimSql.LeaseDelivery, "INTEGER PRIMARY KEY (rowid=?)")]
    [InlineData(ClaimSql.MoveLane, "(endpoint_id=?)")]
    [InlineData(ClaimSql.PaceApplication, "(id=?)")]
    [InlineData(ClaimSql.SelectSecrets, "(endpoint_id=?)")]
    [InlineData(RecordSql.MoveDelivery, "(id=?)")]
    [InlineData(RecordSql.MoveLane, "(endpoint_id=?)")]
    [InlineData(OutboxSql.SelectSubscriptions, "(application_id=?)")]
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
    public async Task LeaseSweep_AnyHistory_WalksRowsUnderLeaseOnly()
    {
        await using var db = _store.NewContext();
        var sql = LeaseSweep.Lost(db, DateTimeOffset.UnixEpoch).ToQueryString();

        var plan = await PlanAsync(sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]);

        plan[0].ShouldContain("USING INDEX ix_deliveries_sending (leased_until<?)");
    }

    [Fact]
    public async Task LaneReader_AnyHistory_WalksTheLaneFromItsPlaceOn()
    {
        await using var db = _store.NewContext();
        var sql = LaneReader.Rows(db, new EndpointId(1), position: 1, count: 1).ToQueryString();

        var plan = await PlanAsync(sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]);

        plan.ShouldContain("SEARCH d USING INDEX IX_deliveries_endpoint_id_sequence (endpoint_id=? AND sequence>?)");
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE") || step.StartsWith("SCAN m", StringComparison.Ordinal));
    }

    private async Task<List<string>> PlanAsync(string sql)
    {
        await using var connection = new SqliteConnection(_store.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        for (var i = 1; i <= 20; i++)
            command.Parameters.AddWithValue($"${i}", 1);
        command.Parameters.AddWithValue("@deadline", 1);
        command.Parameters.AddWithValue("@p", 1);
        command.Parameters.AddWithValue("@endpoint", 1);
        command.Parameters.AddWithValue("@position", 1);

        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
            steps.Add(reader.GetString(3));
        return steps;
    }

    public async ValueTask InitializeAsync() => await _store.CreateAsync(Cancel);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}

using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Messages;
using Webhooks.Core.Polling;
using Webhooks.Core.Retention;
using Webhooks.Core.Telemetry;
using Webhooks.Core.UnknownOutcomes;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

public sealed class PostgreSqlFreshQueryPlanTests(ParkedRows rows) : PostgreSqlQueryPlanTests(rows, isAnalyzed: false);
public sealed class PostgreSqlAnalyzedQueryPlanTests(ParkedRows rows) : PostgreSqlQueryPlanTests(rows, isAnalyzed: true);

/// <summary>
/// The hot path's statements go through the indexes, so their work does not depend on what waits or is finished: also with 100,000 rows
/// parked in a lane, and both before PostgreSQL has gathered statistics about them and after.
/// </summary>
public abstract class PostgreSqlQueryPlanTests(ParkedRows rows, bool isAnalyzed) : IClassFixture<ParkedRows>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Guid[] Some = [.. Enumerable.Range(0, 64).Select(_ => Guid.NewGuid())];
    private static readonly long[] Times = [.. Some.Select(_ => 1L)];
    private static readonly int[] Numbers = [.. Some.Select(_ => 1)];
    private static readonly bool[] Flags = [.. Some.Select(_ => true)];
    private static readonly string[] Texts = [.. Some.Select(id => id.ToString())];
    private static readonly byte[][] Blobs = [.. Some.Select(id => id.ToByteArray())];

    // Not the applications: 2,000 of them are fewer pages than 64 look-ups in an index.
    private static readonly string[] LargeTables = ["deliveries", "messages", "message_payloads", "attempts", "lanes", "endpoints"];

    [Fact]
    public async Task SelectNextReady_ManyParkedRows_ReadsTheFirstEntryOfTheIndex()
    {
        (await PlanAsync(ClaimSql.SelectNextReady, true)).ShouldBe(["Limit", "Index Scan lanes by ix_lanes_ready"]);
    }

    [Fact]
    public async Task LockReadyLanes_ManyLanes_WalksReadyLanesInOrderWithoutSorting()
    {
        var plan = await PlanAsync(ClaimSql.LockReadyLanes, 1L, 64, true);

        string.Join(" < ", plan).ShouldContain("Limit < LockRows < Index Scan lanes by ix_lanes_ready");
        ShouldReadNoTableWhole(plan);
    }

    [Fact]
    public async Task SelectWaiting_ManyParkedRows_WalksEachLanesRowsInOrder()
    {
        var plan = await PlanAsync(ClaimSql.SelectWaiting, Some, Numbers, 65, Numbers, 1L);

        plan.Count(step => step == "Index Scan deliveries by ix_deliveries_waiting").ShouldBe(2); // from either end
        plan.Count(step => step == "Sort").ShouldBe(1); // of what was taken, at the end
        plan[0].ShouldBe("Sort");
        ShouldReadNoTableWhole(plan);
    }

    [Fact]
    public async Task OtherStatements_ManyParkedRows_FindTheirRowsByKey()
    {
        await FindsByKeyAsync(ClaimSql.Lease, Some, Blobs[0], 1L, "node", Some, Times, Flags, Times, Numbers);
        await FindsByKeyAsync(ClaimSql.WaitForLane, ParkedRows.Endpoint);
        await FindsByKeyAsync(OutboxReadSql.SelectSubscriptions, Some, Texts);
        await FindsByKeyAsync(OutboxReadSql.LockLanes, Some);
        await FindsByKeyAsync(OutboxReadSql.SelectLanes, Some);
        await FindsByKeyAsync(OutboxReadSql.SelectTakenEventIds, Some, Texts);
        await FindsByKeyAsync(OperationalEventSql.InsertEvents, Some, Numbers, Some, Some, Some, Times, Guid.NewGuid(), 4);
        await FindsByKeyAsync(OutboxSql.ReadyLanes, Some, Times, Times);
        await FindsByKeyAsync(RecordSql.LockLanes, Some);
        await FindsByKeyAsync(
            RecordSql.MoveDeliveries, Some, Blobs, Numbers, Times, Numbers, Numbers, Numbers, Numbers, Numbers, Times, Numbers);
        await FindsByKeyAsync(RecordSql.MoveLanes, Some, Numbers, Numbers, Numbers, Flags, Times, Times, Numbers, 1L, 1L, Flags);
        await FindsByKeyAsync(RecordSql.InsertDeadLetters, Some, 1L);
    }

    [Fact]
    public async Task OrderedStatements_ManyParkedRows_ReadTheFirstEntriesOfTheirIndexes()
    {
        var queued = await PlanAsync(ClaimSql.SelectQueued, Some);
        var busy = await PlanAsync(OutboxReadSql.SelectBusyKeys, Some, Texts);
        var next = await PlanAsync(RecordSql.ReleaseNext, Some, Texts, 1L);

        queued.ShouldContain(step => step.EndsWith("by ix_deliveries_queued", StringComparison.Ordinal));
        busy.ShouldContain(step => step.EndsWith("by ix_deliveries_ordered", StringComparison.Ordinal));
        next.ShouldContain(step => step.EndsWith("by ix_deliveries_queued", StringComparison.Ordinal));
        ShouldReadNoTableWhole([.. queued, .. busy, .. next]);
    }

    [Fact]
    public async Task LeaseSweep_ManyParkedRows_WalksRowsUnderLeaseOnly()
    {
        await using var db = rows.Store.NewContext();
        var sql = LeaseSweep.Lost(db, DateTimeOffset.UnixEpoch).ToQueryString();

        sql = sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..].Replace("@deadline", "$1").Replace("@p", "$2");

        var plan = await PlanAsync(sql, 1L, 500);

        plan.ShouldContain(step => step.EndsWith("by ix_deliveries_sending", StringComparison.Ordinal));
        plan.ShouldNotContain("Seq Scan deliveries");
    }

    [Fact]
    public async Task Backlog_ManyParkedRows_LooksIntoTheWaitingRowsOfEachLane()
    {
        var ready = await PlanAsync(db => BacklogQueries.Ready(db, DateTimeOffset.UnixEpoch));
        var census = await PlanAsync(db => BacklogQueries.LanesAfter(db, default, 100));

        ready.ShouldContain("Index Scan lanes by ix_lanes_ready");
        ready.ShouldContain(step => step.EndsWith("by ix_deliveries_waiting", StringComparison.Ordinal));
        census.ShouldContain("Index Scan lanes by PK_lanes");
        census.ShouldContain(step => step.EndsWith("by ix_deliveries_waiting", StringComparison.Ordinal));
        ShouldReadNoTableWhole([.. ready, .. census]);
    }

    [Fact]
    public async Task Counts_ManyParkedRows_WalkTheirPartialIndexesOnly()
    {
        (await PlanAsync(BacklogQueries.Waiting)).ShouldContain(step => step.EndsWith("by ix_deliveries_waiting", StringComparison.Ordinal));
        (await PlanAsync(BacklogQueries.Held)).ShouldContain(step => step.EndsWith("by ix_deliveries_held", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LaneReader_ManyParkedRows_WalksTheLaneFromItsPlaceOn()
    {
        var plan = await PlanAsync(db => LaneReader.Rows(db, new EndpointId(1), position: 1, count: 1));

        plan.ShouldContain("Index Scan deliveries by IX_deliveries_endpoint_id_sequence");
        ShouldReadNoTableWhole(plan);
    }

    [Fact]
    public async Task Retention_MuchHistory_GoesOnFromItsPlace()
    {
        var payloads = await PlanAsync(db => PayloadRetention.Expired(db, ExpiredPayload.First, Late));
        var attempts = await PlanAsync(db => AttemptRetention.Old(db, default, Late));
        var messages = await PlanAsync(db => OldMessages.After(db, default, Late));

        payloads.ShouldContain(step => step.EndsWith("by IX_message_payloads_expires_at_message_id", StringComparison.Ordinal));
        attempts.ShouldContain(step => step.EndsWith("by PK_attempts", StringComparison.Ordinal));
        messages.ShouldContain(step => step.EndsWith("by PK_messages", StringComparison.Ordinal));
        ShouldReadNoTableWhole([.. payloads, .. attempts, .. messages]);
    }

    [Fact]
    public async Task RetentionOfSomeMessages_MuchHistory_LooksUpTheirRows()
    {
        MessageId[] messages = [.. Enumerable.Range(1, SmallBatch.MaxMessages).Select(n => new MessageId((UInt128)n))];
        DeliveryId[] deliveries = [.. Enumerable.Range(1, SmallBatch.MaxRows).Select(n => new DeliveryId((UInt128)n))];

        ShouldReadNoTableWhole(await PlanAsync(db => OldMessages.Unfinished(db, messages)));
        ShouldReadNoTableWhole(await PlanAsync(db => OldMessages.Needed(db, messages, new RetentionLimits(Late, Late, Late))));
        ShouldReadNoTableWhole(await PlanAsync(db => OldMessages.Attempts(db, messages)));
        ShouldReadNoTableWhole(await PlanAsync(db => OldMessages.Payloads(db, messages)));
        ShouldReadNoTableWhole(await PlanAsync(db => OldMessages.Deliveries(db, messages)));
        ShouldReadNoTableWhole(await PlanAsync(db => AttemptRetention.Keeping(db, deliveries, Late)));
    }

    [Fact]
    public async Task RetentionOfWhatWasDeleted_MuchHistory_LooksIntoItsIndexes()
    {
        var first = DateTimeOffset.UnixEpoch;

        var endpoints = await PlanAsync(db => EndpointRetention.Deleted(db, new DeletedEndpoint(first, default, true), Late));
        var applications = await PlanAsync(db => ApplicationRetention.Deleted(db, new DeletedApplication(first, default, true), Late));

        endpoints.ShouldContain(step => step.EndsWith("by IX_deliveries_endpoint_id_message_id", StringComparison.Ordinal));
        endpoints.ShouldContain(step => step.EndsWith("by IX_attempts_endpoint_id_id", StringComparison.Ordinal));
        applications.ShouldContain(step => step.EndsWith("by IX_messages_application_id_id", StringComparison.Ordinal));
        ShouldReadNoTableWhole([.. endpoints, .. applications]);
    }

    [Fact]
    public async Task UnknownOutcomes_MuchHistory_WalkTheirPartialIndexesOnly()
    {
        var filter = new UnknownOutcomeFilter
        {
            EndpointId = null, EventTypes = null, FollowedBy = null, Range = new TimeRange { Before = null, After = null },
        };
        EndpointId[] endpoints = [new EndpointId(1)];

        var all = await PlanAsync(db => Newest(db.UnknownOutcomes(filter, null, null)).ToOut(db));
        var held = await PlanAsync(db =>
            Newest(db.UnknownOutcomes(filter with { FollowedBy = UnknownOutcomeFollowUp.Held }, null, null)).ToOut(db));
        var ofEndpoint = await PlanAsync(db => Newest(db.UnknownOutcomes(filter, null, endpoints)).ToOut(db));
        var ofApplication = await PlanAsync(db => Newest(db.UnknownOutcomes(filter, new ApplicationId(1), null)).ToOut(db));

        if (isAnalyzed) // before, any of the three may serve: in each are just these attempts
        {
            all.ShouldContain(step => step.EndsWith("by ix_attempts_unknown", StringComparison.Ordinal), string.Join("; ", all));
            ofEndpoint.ShouldContain(step => step.EndsWith("by ix_attempts_unknown_endpoint", StringComparison.Ordinal));
        }

        foreach (var plan in new[] { all, held, ofEndpoint, ofApplication })
        {
            plan.ShouldContain(step => step.Contains("by ix_attempts_unknown", StringComparison.Ordinal), string.Join("; ", plan));
            plan.Where(step => step.Contains(" attempts by", StringComparison.Ordinal))
                .ShouldAllBe(step => step.Contains("by ix_attempts_unknown", StringComparison.Ordinal));
            ShouldReadNoTableWhole(plan);
        }
    }

    private static IQueryable<UnknownOutcome> Newest(IQueryable<UnknownOutcome> outcomes) =>
        outcomes.OrderByDescending(o => o.Attempt.Id).Take(51);

    // Nine of ten random ids are older.
    private static readonly DateTimeOffset Late = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private async Task<List<string>> PlanAsync<T>(Func<WebhooksDbContext, IQueryable<T>> query)
    {
        await using var db = rows.Store.NewContext();
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = query(db).CreateDbCommand();
        command.CommandText = "EXPLAIN (FORMAT JSON) " + command.CommandText;
        return await StepsAsync(command);
    }

    private async Task FindsByKeyAsync(string sql, params object[] values) => ShouldReadNoTableWhole(await PlanAsync(sql, values));

    private static void ShouldReadNoTableWhole(List<string> plan) =>
        plan.Intersect(LargeTables.Select(table => $"Seq Scan {table}")).ShouldBeEmpty(string.Join("; ", plan));

    /// <summary>The steps of the plan, from the top: kind, table and index.</summary>
    private async Task<List<string>> PlanAsync(string sql, params object[] values)
    {
        await using var command = rows.Store.Database.Source.CreateCommand("EXPLAIN (FORMAT JSON) " + sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await StepsAsync(command);
    }

    private static async Task<List<string>> StepsAsync(DbCommand command)
    {
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Cancel))!);
        return [.. StepsOf(plan.RootElement[0].GetProperty("Plan"))];
    }

    private static IEnumerable<string> StepsOf(JsonElement node)
    {
        var step = Text(node, "Node Type") + Text(node, "Relation Name", " ") + Text(node, "Index Name", " by ");
        var inner = node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(StepsOf).ToList() : [];
        return [step, .. inner];
    }

    private static string Text(JsonElement node, string name, string before = "") =>
        node.TryGetProperty(name, out var value) ? before + value.GetString() : "";

    public async ValueTask InitializeAsync() => await rows.EnsureAsync(isAnalyzed, Cancel);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

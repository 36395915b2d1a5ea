using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Webhooks.Core.Applications;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>Several nodes at the same rows at the same moment.</summary>
public sealed class PostgreSqlRaceTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    private const int Nodes = 4;

    private const string OneWaits = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'transactionid'
        """;

    [Fact]
    public async Task Claim_ManyNodesAtOnce_NoRowIsLeasedTwiceAndNoLaneExceedsItsCap()
    {
        var caps = new Dictionary<EndpointId, int>();
        for (var cap = 1; cap <= 8; cap++)
            caps[await Given.EndpointAsync(e => e.MaxInFlight = cap)] = cap;
        foreach (var endpoint in caps.Keys)
            await Given.MessagesAsync(endpoint, 40);

        var underWay = new ConcurrentDictionary<EndpointId, int>();
        var leased = await TogetherAsync(Enumerable.Repeat(() => DeliverAllAsync(underWay, caps), Nodes));

        leased.SelectMany(ids => ids).Count().ShouldBe(8 * 40);
        leased.SelectMany(ids => ids).ShouldBeUnique();
    }

    [Fact]
    public async Task Claim_PublishAtTheSameMoment_LaneNeverSleepsOverADelivery()
    {
        var endpoint = await Given.EndpointAsync(e => e.MaxInFlight = 1_000);
        var application = (await LaneAsync(endpoint)).ApplicationId;

        for (var round = 0; round < 100; round++)
        {
            await Given.MessageAsync(application);
            var claims = await TogetherAsync(
                () => ClaimAsync(),
                async () =>
                {
                    await Given.MessageAsync(application);
                    return new Claim([], null);
                },
                () => ClaimAsync());
            var rest = await ClaimAsync();

            (claims.Sum(claim => claim.Deliveries.Count) + rest.Deliveries.Count).ShouldBe(2);
            (await LaneAsync(endpoint)).ReadyAt.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Claim_RecordAtTheSameMoment_NextDeliveryIsClaimedOnce(bool isHandedBack)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 1), 101);
        var current = (await ClaimAsync()).Deliveries.Single();

        for (var round = 0; round < 100; round++)
        {
            var ended = current;
            var claims = await TogetherAsync(
                () => ClaimAsync(),
                async () =>
                {
                    await RecordAsync(isHandedBack ? Answers.Shutdown : Answers.Ok, ended);
                    return new Claim([], null);
                });
            var rest = await ClaimAsync();

            current = claims.Append(rest).SelectMany(claim => claim.Deliveries).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Claim_LaneIsLocked_OthersAreServedAndNextTimeItIsWaitedFor()
    {
        var locked = await Given.EndpointAsync();
        await Given.MessagesAsync(locked, 1);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var free = await Given.EndpointAsync();
        await Given.MessagesAsync(free, 2);
        await using var connection = await Store.Database.Source.OpenConnectionAsync(Cancel);
        await using var holder = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "SELECT 1 FROM lanes ORDER BY ready_at LIMIT 1 FOR UPDATE");

        var first = await ClaimAsync(maxDeliveries: 1);
        var second = ClaimAsync();
        while (await ScalarAsync<long>(OneWaits) == 0)
            await Task.Yield();
        await holder.RollbackAsync(Cancel);

        first.Deliveries.ShouldHaveSingleItem().Request.EndpointId.ShouldBe(free);
        (await second).Deliveries.Select(delivery => delivery.Request.EndpointId).ShouldBe([locked, free]);
    }

    [Fact]
    public async Task Claim_OnlyLaneIsLocked_WaitsForIt()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await using var connection = await Store.Database.Source.OpenConnectionAsync(Cancel);
        await using var holder = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "SELECT 1 FROM lanes FOR UPDATE");

        var claim = ClaimAsync();
        while (await ScalarAsync<long>(OneWaits) == 0)
            await Task.Yield();
        await holder.RollbackAsync(Cancel);

        (await claim).Deliveries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_AnswerHasANulCharacter_IsRecordedWithoutIt()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        var claim = await ClaimAsync();

        var written = await RecordAsync(Answers.Ok with { ResponseHeaders = "x-odd: a\0b" }, claim.Deliveries);

        written.ShouldBe([true]);
        (await Db.Attempts.SingleAsync(Cancel)).ResponseHeaders.ShouldBe("x-odd: a\uFFFDb");
    }

    [Fact]
    public async Task Publish_SameEventIdFromTwoNodes_OneIsAcceptedAndOneIsTaken()
    {
        await using var first = NewNode();
        await using var second = NewNode();
        var application = await Given.ApplicationAsync(); // without an endpoint, so no lane's lock comes between them

        for (var round = 0; round < 50; round++)
        {
            var request = Given.Event(application, eventId: $"e{round}");
            var results = await TogetherAsync(
                () => first.Writer.PublishAsync(request, Cancel), () => second.Writer.PublishAsync(request, Cancel));

            results.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.EventIdTaken], ignoreOrder: true);
        }

        (await Db.Messages.CountAsync(Cancel)).ShouldBe(50);
    }

    [Fact]
    public async Task Publish_SameIdempotencyKeyAtTwoNodes_BothGetTheSameAnswer()
    {
        await using var first = NewNode();
        await using var second = NewNode();
        var application = await Given.ApplicationAsync();

        for (var round = 0; round < 50; round++)
        {
            var request = Given.Event(application, idempotency: Given.Key($"k{round}"));
            var results = await TogetherAsync(
                () => first.Writer.PublishAsync(request, Cancel), () => second.Writer.PublishAsync(request, Cancel));

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
        await late.WriteAsync(plan.Rows, Cancel);
        var fault = await Record.ExceptionAsync(() => late.CommitAsync(Cancel));

        Sql.IsTransient(fault.ShouldNotBeNull()).ShouldBeTrue(); // so it looks again
        (await Db.Messages.CountAsync(Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task BeginWrite_TwoNodesLookAndThenWrite_SecondSeesWhatTheFirstWrote()
    {
        for (var round = 0; round < 20; round++)
        {
            var uid = $"uid-{round}";
            await TogetherAsync(Enumerable.Repeat(() => AddUnlessThereAsync(uid), Nodes));
        }

        (await Db.Applications.CountAsync(application => application.Uid != null, Cancel)).ShouldBe(20);
    }

    [Fact]
    public async Task Cleanup_RecordHandsADeliveryBackMeanwhile_CancelsItToo()
    {
        var endpoint = await Given.EndpointAsync(e => e.DeletedAt = Now, lane => lane.InFlight = 1);
        await Given.SaveAsync(new Delivery
        {
            Id = Ids.New<DeliveryId>(), MessageId = Ids.New<MessageId>(), EndpointId = endpoint, ReplayNumber = 0, Sequence = 1,
            TriggerType = AttemptTrigger.Scheduled, State = DeliveryState.Sending, DueAt = Now, CreatedAt = Now,
        });
        await using var connection = await Store.Database.Source.OpenConnectionAsync(Cancel);
        await using var record = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "UPDATE lanes SET in_flight = 0");
        await ExecuteAsync(connection, "UPDATE deliveries SET state = 0");

        var cleaning = CleanAsync();
        while (await ScalarAsync<long>(OneWaits) == 0)
            await Task.Yield();
        await record.CommitAsync(Cancel);
        await cleaning;

        (await Db.Deliveries.SingleAsync(Cancel)).State.ShouldBe(DeliveryState.Canceled);
        (await Db.Lanes.CountAsync(Cancel)).ShouldBe(0);
    }

    private async Task CleanAsync()
    {
        await using var db = NewContext();
        await new EndpointCleanup(
            db, Sql, new LaneSwitch(db, Clock), new LedgerBooking(db, Sql, Ids, Clock), new WebhooksMeter(Meters), Clock).RunAsync(Cancel);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<bool> AddUnlessThereAsync(string uid)
    {
        await Given.WriteAsync(async db =>
        {
            if (await db.Applications.AnyAsync(application => application.Uid == uid, Cancel))
                return;
            db.Add(new Application { Id = Ids.New<ApplicationId>(), Uid = uid, Name = uid, CreatedAt = Now, UpdatedAt = Now });
            await db.SaveChangesAsync(Cancel);
        });
        return true;
    }

    /// <summary>Claims and records until nothing is left, and counts what all nodes have under way.</summary>
    private async Task<List<DeliveryId>> DeliverAllAsync(ConcurrentDictionary<EndpointId, int> underWay, Dictionary<EndpointId, int> caps)
    {
        var leased = new List<DeliveryId>();
        while (await CountWaitingAsync() > 0)
        {
            var claim = await ClaimAsync(maxDeliveries: 17);
            foreach (var delivery in claim.Deliveries)
            {
                var endpoint = delivery.Request.EndpointId;
                underWay.AddOrUpdate(endpoint, 1, (_, count) => count + 1).ShouldBeLessThanOrEqualTo(caps[endpoint]);
                leased.Add(delivery.Request.DeliveryId);
            }

            foreach (var delivery in claim.Deliveries)
                underWay.AddOrUpdate(delivery.Request.EndpointId, 0, (_, count) => count - 1);
            await RecordAsync(Answers.Ok, claim.Deliveries);
        }

        return leased;
    }

    private Task<long> CountWaitingAsync() => ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE state = 0");
}

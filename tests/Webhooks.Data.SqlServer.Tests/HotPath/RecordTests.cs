using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.HotPath;

/// <summary>Commit 3: what goes to the server, given which leases still stand.</summary>
public sealed class RecordTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly EndpointId Endpoint = new(1);
    private static readonly byte[] Token = [.. Enumerable.Repeat((byte)9, 16)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Record_SomeLeasesLost_OnlyTheOthersHaveASay()
    {
        var (written, server) = await RecordAsync(stands: [10, 30], Record(30), Record(20), Record(10));

        written.ShouldBe([true, false, true]);
        var follow = server.Single("INSERT INTO attempts");
        follow.Rows("@attempts").Select(a => a.GetProperty("delivery_id").GetString())
            .ShouldBe([Ids.Hex(new DeliveryId(30)), Ids.Hex(new DeliveryId(10))]);
        var lane = follow.Rows("@lanes").Single();
        (lane.GetProperty("ended").GetInt32(), lane.GetProperty("delivered").GetInt32()).ShouldBe((2, 2));
        server.Commits.ShouldBe(1);
        server.ShouldBind();
    }

    [Fact]
    public async Task Record_AllLeasesLost_WritesNothingElse()
    {
        var (written, server) = await RecordAsync(stands: [], Record(1));

        written.ShouldBe([false]);
        server.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Record_SameDeliveryTwice_TheFirstCounts()
    {
        var (written, server) = await RecordAsync(stands: [1], Record(1), Record(1));

        written.ShouldBe([true, false]);
        server.Single("OUTPUT").Rows("@records").Length.ShouldBe(1);
        server.Single("INSERT INTO attempts").Rows("@attempts").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Record_AnyOrder_LocksInTheOrderOfIds()
    {
        var (_, server) = await RecordAsync(stands: [1, 2], Record(2, endpoint: 9), Record(1, endpoint: 8));

        var lanes = new[] { Ids.Hex(new EndpointId(8)), Ids.Hex(new EndpointId(9)) };
        server.Single("OUTPUT").Rows("@lanes").Select(l => l.GetString()).ShouldBe(lanes);
        server.Single("OUTPUT").Rows("@records").Select(r => r.GetProperty("id").GetString())
            .ShouldBe([Ids.Hex(new DeliveryId(1)), Ids.Hex(new DeliveryId(2))]);
        server.Single("INSERT INTO attempts").Rows("@lanes").Select(l => l.GetProperty("endpoint_id").GetString()).ShouldBe(lanes);
    }

    [Fact]
    public async Task Record_LaneEffects_AreTheSumOfTheLanesRecords()
    {
        var soon = Record(1) with
        {
            State = DeliveryState.Waiting, DueAt = Now.AddSeconds(5),
            Lane = new LaneEffect(7, Unanswered: true, Pause: new LanePause(Now.AddSeconds(15), PauseReason.Throttled)),
        };
        var later = Record(2) with
        {
            State = DeliveryState.Waiting, DueAt = Now.AddSeconds(9),
            Lane = new LaneEffect(7, Pause: new LanePause(Now.AddSeconds(60), PauseReason.CircuitOpen), Gone: true),
        };

        var (_, server) = await RecordAsync(stands: [1, 2], soon, later);

        var follow = server.Single("INSERT INTO attempts");
        var (due, until) = (Now.AddSeconds(5).ToUnixMicroseconds(), Now.AddSeconds(60).ToUnixMicroseconds());
        $"{follow.Rows("@lanes").Single()}".ShouldBe(
            $$"""{"endpoint_id":"{{Ids.Hex(Endpoint)}}","ended":2,"delivered":0,"max_in_flight":7,"due_at":{{due}},"""
            + $$""" "paused_until":{{until}},"pause_reason":2,"unanswered":true,"failed":false}""".TrimStart());
        follow.Rows("@gone").Single().GetString().ShouldBe(Ids.Hex(Endpoint));
    }

    [Fact]
    public async Task Record_NothingButDeliveries_SaysNoMoreThanThat()
    {
        var (_, server) = await RecordAsync(stands: [1], Record(1));

        var follow = server.Single("INSERT INTO attempts").Text;
        string[] rare = [RecordSql.ReleaseNext, OperationalEventSql.InsertEvents, RecordSql.DisableEndpoints, RecordSql.HoldLanes];
        rare.ShouldAllBe(statement => !follow.Contains(statement));
    }

    [Fact]
    public async Task Record_HeadsOfKeysEnd_TheNextOfEachHasItsTurnAfterTheLaneHasMoved()
    {
        var (_, server) = await RecordAsync(
            stands: [1, 2, 3, 4],
            Record(1) with { OrderingKey = "delivered" },
            Record(2) with { OrderingKey = "", State = DeliveryState.Held, HoldReason = HoldReason.Parked },
            Record(3) with { OrderingKey = "again", State = DeliveryState.Waiting },
            Record(4));

        server.Single("OUTPUT inserted.id").Rows("@records").Select(r => r.TryGetProperty("hold_reason", out var why) ? why.GetInt32() : 0)
            .ShouldBe([0, (int)HoldReason.Parked, 0, 0]);
        var follow = server.Single(RecordSql.ReleaseNext);
        follow.Rows("@keys").Select(key => key.GetProperty("ordering_key").GetString()).ShouldBe(["delivered", ""]);
        follow.Text.IndexOf(RecordSql.MoveLanes, StringComparison.Ordinal)
            .ShouldBeLessThan(follow.Text.IndexOf(RecordSql.ReleaseNext, StringComparison.Ordinal));
        server.ShouldBind();
    }

    [Fact]
    public async Task Record_HeadWhoseLeaseIsLost_GivesNobodyItsTurn()
    {
        var (_, server) = await RecordAsync(stands: [1], Record(1), Record(2) with { OrderingKey = "a" });

        server.Single("INSERT INTO attempts").Rows("@keys").ShouldBeEmpty();
    }

    [Fact]
    public async Task Record_SeveralAnswersOf410_AreToldOnceAndBeforeTheEndpointIsDisabled()
    {
        var gone = new LaneEffect(7, Gone: true);
        var (_, server) = await RecordAsync(
            stands: [1, 2],
            Record(1) with
            {
                Lane = gone,
                Events = [Told(1, OperationalEventType.EndpointDisabled), Told(2, OperationalEventType.AttemptExhausted)],
            },
            Record(2) with { Lane = gone, Events = [Told(3, OperationalEventType.EndpointDisabled)] });

        var follow = server.Single(OperationalEventSql.InsertEvents);
        follow.Rows("@told").Select(told => told.GetProperty("id").GetString())
            .ShouldBe([Ids.Hex(new OperationalEventId(1)), Ids.Hex(new OperationalEventId(2))]);
        follow.Values["@operational"].ShouldBe(Ids.Hex(OperationalApplication.Id));
        follow.Text.IndexOf(OperationalEventSql.InsertEvents, StringComparison.Ordinal)
            .ShouldBeLessThan(follow.Text.IndexOf(RecordSql.DisableEndpoints, StringComparison.Ordinal));
        follow.Rows("@gone").Single().GetString().ShouldBe(Ids.Hex(Endpoint));
        server.ShouldBind();
    }

    [Fact]
    public async Task Record_Bodies_LieSideBySide()
    {
        var (_, server) = await RecordAsync(
            stands: [1, 2, 3], Record(1, body: "ab"u8.ToArray()), Record(2), Record(3, body: "cde"u8.ToArray()));

        var follow = server.Single("INSERT INTO attempts");
        ((byte[])follow.Values["@bodies"]!).ShouldBe("abcde"u8.ToArray());
        follow.Rows("@attempts").Select(a => a.TryGetProperty("body_start", out var start) ? start.GetInt32() : 0).ShouldBe([1, 0, 3]);
        follow.Rows("@attempts").Select(a => a.TryGetProperty("body_length", out var length) ? length.GetInt32() : 0).ShouldBe([2, 0, 3]);
    }

    private static async Task<(IReadOnlyList<bool> Written, RecordingServer Server)> RecordAsync(
        uint[] stands, params DeliveryRecord[] records)
    {
        var server = new RecordingServer(command =>
            command.Text.Contains(RecordSql.MoveDeliveries, StringComparison.Ordinal)
                ? [[], [.. stands.Select(id => new object?[] { Ids.Bytes(new DeliveryId(id)), Token })]]
                : []);
        return (await server.NewSql().RecordAsync(records, Now, Cancel), server);
    }

    private static OperationalEvent Told(uint id, OperationalEventType type) => new()
    {
        Id = new OperationalEventId(id), Type = type, EndpointId = Endpoint, MessageId = new MessageId(1), CreatedAt = Now,
    };

    private static DeliveryRecord Record(uint id, uint endpoint = 1, byte[]? body = null) => new()
    {
        DeliveryId = new DeliveryId(id), EndpointId = new EndpointId(endpoint), LeaseToken = Token, LeasedUntil = Now,
        State = DeliveryState.Delivered,
        DueAt = default, Attempts = 1, Failures = 0, OwnFaults = 0, LastOutcome = AttemptOutcome.Delivered,
        Attempt = new Attempt
        {
            Id = new AttemptId(id), DeliveryId = new DeliveryId(id), MessageId = new MessageId(1), EndpointId = new EndpointId(endpoint),
            Number = 1, TriggerType = AttemptTrigger.Scheduled, StartedAt = Now, Outcome = AttemptOutcome.Delivered,
            Url = "https://example.com", TotalMicroseconds = 1, Node = "node", ResponseBody = body,
        },
        Lane = new LaneEffect(10, Succeeded: true),
    };
}

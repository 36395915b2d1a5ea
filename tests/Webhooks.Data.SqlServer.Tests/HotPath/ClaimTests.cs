using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Messages;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.HotPath;

/// <summary>Commit 2: what goes to the server, given what comes from it.</summary>
public sealed class ClaimTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly EndpointId Endpoint = new(1);
    private static readonly ApplicationId Application = new(2);
    private static readonly MessageId Message = new(3);

    private static readonly ClaimRequest Request = new(
        Now, MaxDeliveries: 10, MaxProbes: 5, LeaseToken: new byte[16], LeasedUntil: Now.AddMinutes(1), "node", DefaultMaxInFlight: 10);

    private object?[][] _next = [[Ids.Bytes(Endpoint), Now.ToUnixMicroseconds()]];
    private object?[][] _lanes = [Lane()];
    private object?[][] _waiting = [Waiting(11, Now), Waiting(12, Now, replayNumber: 1)];
    private object?[][] _applications = [];
    private object?[][] _queued = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_NothingIsReady_BeginsNoTransaction()
    {
        _next = [[Ids.Bytes(Endpoint), Now.AddSeconds(1).ToUnixMicroseconds()]];

        var (claim, server) = await ClaimAsync();

        (claim.Deliveries.Count, claim.NextReadyAt).ShouldBe((0, Now.AddSeconds(1)));
        (server.Sent.Count, server.Commits).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Claim_DueDeliveries_LeasesThemAndMovesTheLane()
    {
        var (claim, server) = await ClaimAsync();

        claim.Deliveries.Select(d => d.Request.DeliveryId).ShouldBe([new DeliveryId(11), new DeliveryId(12)]);
        var request = claim.Deliveries[0].Request;
        (request.Number, request.PriorOutcome, request.Sequence, request.Url, request.TraceParent)
            .ShouldBe((3, AttemptOutcome.Rejected, 5, "https://example.com", "trace"));
        request.Payload.ToArray().ShouldBe("{}"u8.ToArray());
        claim.Deliveries.Select(d => d.Request.IsReplay).ShouldBe([false, true]);
        request.ProtectedSecrets.ShouldBe(["new"u8.ToArray(), "old"u8.ToArray()]);

        var write = server.Single("SET XACT_ABORT");
        write.Rows("@deliveries").Select(id => id.GetString()).ShouldBe([Ids.Hex(new DeliveryId(11)), Ids.Hex(new DeliveryId(12))]);
        $"{write.Rows("@lanes").Single()}".ShouldBe(
            $$"""{"endpoint_id":"{{Ids.Hex(Endpoint)}}","taken":2,"saturated":false,"paced_until":{{Now.ToUnixMicroseconds()}}}""");
        server.Commits.ShouldBe(1);
        server.ShouldBind();
    }

    [Fact]
    public async Task Claim_AsksForOneRowMoreThanItMayTake()
    {
        _lanes = [Lane(inFlight: 7)];

        var (_, server) = await ClaimAsync();

        server.Single("ix_deliveries_waiting").Rows("@lanes").Single().GetProperty("take").GetInt32().ShouldBe(4);
    }

    [Theory]
    [InlineData(false, 1, 13)]
    [InlineData(true, 0, 12)] // the next one keeps its place
    public async Task Claim_LaneHasABacklog_TakesTheNewestBesideTheOldest(bool ordered, int fresh, uint second)
    {
        _lanes = [Lane(inFlight: 8, ordered: ordered)];
        _waiting = [.. _waiting, Waiting(13, Now)];

        var (claim, server) = await ClaimAsync(Request with { Fresh = new FreshTurns(0.5) });

        server.Single("ix_deliveries_waiting").Rows("@lanes").Single().GetProperty("fresh").GetInt32().ShouldBe(fresh);
        claim.Deliveries.Select(d => d.Request.DeliveryId).ShouldBe([new DeliveryId(11), new DeliveryId(second)]);
        server.ShouldBind();
    }

    [Fact]
    public async Task Claim_InFlightLimitReached_LaneIsSaturated()
    {
        _lanes = [Lane(inFlight: 9)];

        var (claim, server) = await ClaimAsync();

        claim.Deliveries.Count.ShouldBe(1);
        var lane = server.Single("SET XACT_ABORT").Rows("@lanes").Single();
        (lane.GetProperty("saturated").GetBoolean(), lane.TryGetProperty("ready_at", out _)).ShouldBe((true, false));
    }

    [Fact]
    public async Task Claim_ApplicationHasARate_HoldsItsRowAndPacesIt()
    {
        _lanes = [Lane(applicationRate: 2)];
        _applications = [[Ids.Bytes(Application), 2, null]];

        var (claim, server) = await ClaimAsync();

        claim.Deliveries.Count.ShouldBe(1);
        server.Single("SET XACT_ABORT").Rows("@applications").Single().GetProperty("paced_until").GetInt64()
            .ShouldBe(Now.AddMilliseconds(500).ToUnixMicroseconds());
        server.ShouldBind();
    }

    [Fact]
    public async Task Claim_EndpointHasItsOwnLimits_TheDeliveryCarriesThem()
    {
        _lanes = [Lane(attemptTimeout: 2_500_000, parkAfter: 3)];

        var (claim, _) = await ClaimAsync();

        var delivery = claim.Deliveries[0];
        (delivery.Request.Timeout, delivery.Policy.ParkAfter, delivery.OrderingKey).ShouldBe((TimeSpan.FromSeconds(2.5), 3, "key"));
    }

    [Theory]
    [InlineData(1, false, 1, 1)] // one of the two is due and left behind
    [InlineData(50, false, 2, null)]
    [InlineData(50, true, 2, 50)]
    public async Task Claim_LaneIsReleasedAtARate_KeepsItUntilNothingIsDueOrQueued(int rate, bool isQueued, int claimed, int? kept)
    {
        _lanes = [Lane(releaseRate: rate)];
        _queued = isQueued ? [[Ids.Bytes(Endpoint)]] : [];

        var (claim, server) = await ClaimAsync();

        claim.Deliveries.Count.ShouldBe(claimed);
        server.Single("ix_deliveries_queued").Rows("@released").Single().GetString().ShouldBe(Ids.Hex(Endpoint));
        var lane = server.Single("SET XACT_ABORT").Rows("@lanes").Single();
        (lane.TryGetProperty("release_rate", out var left) ? left.GetInt32() : (int?)null).ShouldBe(kept);
        server.ShouldBind();
    }

    [Fact]
    public async Task Claim_AnotherNodeHoldsTheApplication_ItsLanesKeepTheirTurn()
    {
        _lanes = [Lane(applicationRate: 2)];

        var (claim, server) = await ClaimAsync();

        claim.Deliveries.ShouldBeEmpty();
        server.Sent.ShouldNotContain(command => command.Text.Contains("XACT_ABORT"));
        claim.NextReadyAt.ShouldBe(Now.AddMilliseconds(10)); // not at once: whoever holds it needs a moment
    }

    [Fact]
    public async Task Claim_AllReadyLanesAreLocked_QueuesUpForTheFirst()
    {
        _lanes = [];

        var (_, server) = await ClaimAsync();

        server.Sent.Select(command => command.Text).Take(4)
            .ShouldBe([ClaimSql.SelectNextReady, ClaimSql.SelectReadyLanes, ClaimSql.WaitForLane, ClaimSql.SelectReadyLanes]);
        server.ShouldBind();
    }

    [Fact]
    public async Task Claim_LaneWasPassedOverBefore_WaitsForItBeforeItLocksOthers()
    {
        _next = [[Ids.Bytes(new EndpointId(99)), Now.ToUnixMicroseconds()]];
        var server = new RecordingServer(Answer);
        var sql = server.NewSql();

        await sql.ClaimAsync(Request, Cancel);
        server.Sent.ShouldNotContain(command => command.Text == ClaimSql.WaitForLane);
        await sql.ClaimAsync(Request, Cancel);

        var wait = server.Sent.Select(command => command.Text).ToList().IndexOf(ClaimSql.WaitForLane);
        server.Sent.Select(command => command.Text).Skip(wait - 1).Take(3)
            .ShouldBe([ClaimSql.SelectNextReady, ClaimSql.WaitForLane, ClaimSql.SelectReadyLanes]);
        server.Single("@lane,").Values["@lane"].ShouldBe(Ids.Hex(new EndpointId(99)));
    }

    [Fact]
    public async Task Claim_PayloadDoesNotFit_IsLeftAndSaid()
    {
        var (claim, server) = await ClaimAsync(Request with { MaxPayloadBytes = 3 });

        (claim.Deliveries.Count, claim.OutOfBytes).ShouldBe((1, true));
        server.Single("SET XACT_ABORT").Rows("@lanes").Single().GetProperty("ready_at").GetInt64().ShouldBe(Now.ToUnixMicroseconds());
    }

    private async Task<(Claim Claim, RecordingServer Server)> ClaimAsync(ClaimRequest? request = null)
    {
        var server = new RecordingServer(Answer);
        return (await server.NewSql().ClaimAsync(request ?? Request, Cancel), server);
    }

    private object?[][][] Answer(SentCommand command) =>
        command.Text == ClaimSql.SelectNextReady ? [_next]
        : command.Text == ClaimSql.SelectReadyLanes ? [_lanes]
        : command.Text == ClaimSql.LockApplications ? [_applications]
        : command.Text.StartsWith(ClaimSql.SelectWaiting, StringComparison.Ordinal)
            ? [_waiting, [[Ids.Bytes(Endpoint), "new"u8.ToArray()], [Ids.Bytes(Endpoint), "old"u8.ToArray()]], _queued]
        : command.Text.StartsWith(PayloadSql.SelectPayloads, StringComparison.Ordinal)
            ? [[[Ids.Bytes(Message), "{}"u8.ToArray()]], _next]
        : [];

    private static object?[] Lane(
        int inFlight = 0, int? applicationRate = null, long? attemptTimeout = null, int? parkAfter = null, int? releaseRate = null,
        bool ordered = false, string? receiptUrl = null) =>
    [
        Ids.Bytes(Endpoint), Ids.Bytes(Application), inFlight, 10, null, null, applicationRate, "https://example.com", null, null, 1, null,
        attemptTimeout, parkAfter, releaseRate, ordered, receiptUrl,
    ];

    private static object?[] Waiting(uint id, DateTimeOffset dueAt, int replayNumber = 0) =>
    [
        Ids.Bytes(Endpoint), dueAt.ToUnixMicroseconds(), Ids.Bytes(new DeliveryId(id)), Ids.Bytes(Message), 5L, 2, 1, 0,
        (int)AttemptOutcome.Rejected, 0, "trace", 2L, "key", replayNumber,
    ];
}

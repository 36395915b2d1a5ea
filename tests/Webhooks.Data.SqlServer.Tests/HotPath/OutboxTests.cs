using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.HotPath;

/// <summary>Commit 1: what goes to the server, given what comes from it.</summary>
public sealed class OutboxTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApplicationId Application = new(2);
    private static readonly EndpointId All = new(9), Paid = new(8), Voided = new(7);

    private readonly object?[][] _endpoints =
        [Row(All, null), Row(Paid, """["invoice.paid"]"""), Row(Voided, """["invoice.voided"]""")];
    private object?[][] _answered = [];
    private object?[][] _busy = [];
    private object?[][] _taken = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_SomeEndpointsMatch_LocksTheirLanesInTheOrderOfIds()
    {
        var server = new RecordingServer(Answer);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        var snapshot = await transaction.ReadAsync([Event("acme"), Event(Application.ToString())], Cancel);

        server.Single("UPDLOCK").Rows("@lanes").Select(lane => lane.GetString()).ShouldBe([Ids.Hex(Paid), Ids.Hex(All)]);
        snapshot.Applications.ShouldBe(
            new Dictionary<string, ApplicationId> { ["acme"] = Application, [Application.ToString()] = Application }, ignoreOrder: true);
        var subscription = snapshot.Subscriptions[Application].ShouldHaveSingleItem(); // the other was deleted meanwhile
        (subscription.EndpointId, subscription.LastSequence).ShouldBe((All, 40L));
        server.ShouldBind();
    }

    [Fact]
    public async Task Read_NothingMatches_LocksNothing()
    {
        var server = new RecordingServer(command =>
            command.Text.Contains("ON e.application_id", StringComparison.Ordinal) ? [[], []] : Answer(command));
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        (await transaction.ReadAsync([Event("acme")], Cancel)).Subscriptions[Application].ShouldBeEmpty();

        server.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Read_NameThatOpenJsonWouldCut_NamesNothing()
    {
        var server = new RecordingServer(Answer);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        await transaction.ReadAsync([Event(new string('a', 257))], Cancel);

        server.Single("JOIN applications").Rows("@uids").ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_TakenEventIdAndUsedKey_AreInTheSnapshot()
    {
        var message = new AcceptedMessage(new MessageId(5), Now);
        _taken = [[Ids.Bytes(Application), "e"]];
        _answered = [[Ids.Bytes(new ApiKeyId(7)), "k", new byte[] { 1 }, 202, PublishedAnswer.Write([message]), Now.ToUnixMicroseconds()]];
        var server = new RecordingServer(Answer);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        var claim = new IdempotencyClaim(new ApiKeyId(7), "k", [1]);
        var snapshot = await transaction.ReadAsync([Event("acme") with { EventId = "e", Idempotency = claim }], Cancel);

        snapshot.TakenEventIds.ShouldBe([(Application, "e")]);
        var answered = snapshot.Answered[(new ApiKeyId(7), "k")];
        answered.Messages.ShouldBe([message]);
        answered.ExpiresAt.ShouldBe(Now);
        $"{server.Single("ON e.application_id").Rows("@events").Single()}".ShouldBe(
            $$"""{"application_id":"{{Ids.Hex(Application)}}","event_id":"e"}""");
    }

    [Fact]
    public async Task Write_AllRows_GoInOneRoundTrip()
    {
        var (server, write) = await PublishAsync(
            Event("acme"), Event("acme") with { RawPayload = "raw"u8.ToArray(), Channels = ["a", "b"] });

        write.Rows("@messages").Select(m => m.TryGetProperty("channels", out var text) ? text.GetString() : null)
            .ShouldBe([null, """["a","b"]"""]);
        write.Rows("@deliveries").Select(d => d.GetProperty("sequence").GetInt64()).ShouldBe([41, 42]);
        write.Rows("@arrivals").Single().GetProperty("last_sequence").GetInt64().ShouldBe(42);
        ((byte[])write.Values["@bodies"]!).ShouldBe("{}{}raw"u8.ToArray());
        write.Rows("@payloads").Select(p => p.GetProperty("body_start").GetInt32()).ShouldBe([1, 3]);
        write.Rows("@payloads")[1].GetProperty("raw_body_start").GetInt32().ShouldBe(5);
        server.Commits.ShouldBe(1);
        server.ShouldBind();
    }

    [Fact]
    public async Task Read_NoEndpointAsksForOrder_AsksForNoKeys()
    {
        var server = new RecordingServer(Answer);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        await transaction.ReadAsync([Event("acme") with { OrderingKey = "a" }], Cancel);

        server.Sent.ShouldNotContain(command => command.Text.Contains(OutboxSnapshotSql.SelectBusyKeys, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_EndpointAsksForOrder_WhatIsBehindABusyKeyIsQueuedAndWakesNobody()
    {
        _endpoints[0] = Row(All, null, ordered: true);
        _busy = [[Ids.Bytes(All), "a"]];

        var (server, write) = await PublishAsync(
            Event("acme") with { OrderingKey = "a" }, Event("acme") with { OrderingKey = "a" }, Event("acme"));

        var busy = server.Single(OutboxSnapshotSql.SelectBusyKeys);
        busy.Text.ShouldStartWith(LaneSql.Lock); // asked after the lanes are locked
        busy.Rows("@ordering_keys").Select(key => key.ToString()).ShouldBe(
            [$$"""{"endpoint_id":"{{Ids.Hex(All)}}","ordering_key":"a"}""", $$"""{"endpoint_id":"{{Ids.Hex(All)}}","ordering_key":""}"""],
            ignoreOrder: true);
        write.Rows("@deliveries").Select(d => (d.GetProperty("ordering_key").GetString(), d.GetProperty("state").GetInt32()))
            .ShouldBe([("a", (int)DeliveryState.Queued), ("a", (int)DeliveryState.Queued), ("", (int)DeliveryState.Waiting)]);
        write.Rows("@arrivals").Single().GetProperty("due_at").GetInt64().ShouldBe(Now.ToUnixMicroseconds());
        write.Rows("@messages").Select(m => m.TryGetProperty("ordering_key", out var key) ? key.GetString() : null)
            .ShouldBe(["a", "a", null]);
        server.ShouldBind();
    }

    [Fact]
    public async Task Write_AllOfTheLaneIsQueued_TheArrivalHasNoDueTime()
    {
        _endpoints[0] = Row(All, null, ordered: true);
        _busy = [[Ids.Bytes(All), "a"]];

        var (_, write) = await PublishAsync(Event("acme") with { OrderingKey = "a" });

        var arrival = write.Rows("@arrivals").Single();
        (arrival.GetProperty("last_sequence").GetInt64(), arrival.TryGetProperty("due_at", out _)).ShouldBe((41, false));
    }

    [Fact]
    public async Task Write_FilterKeepsItBack_IsFinishedAsItIsWrittenAndInNoLane()
    {
        _endpoints[0] = Row(All, null, filter: """{"path":"$.total","gt":100}""");

        var (_, write) = await PublishAsync(Event("acme"));

        var delivery = write.Rows("@deliveries").Single();
        (delivery.GetProperty("state").GetInt32(), delivery.GetProperty("sequence").GetInt64()).ShouldBe(((int)DeliveryState.Filtered, 0));
        delivery.GetProperty("finished_at").GetInt64().ShouldBe(Now.ToUnixMicroseconds());
        write.Rows("@arrivals").ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_KeyOfAForgottenRequest_ItsRecordGoesBeforeTheNewOneComes()
    {
        var forgotten = Now.AddSeconds(-1).ToUnixMicroseconds();
        _answered = [[Ids.Bytes(new ApiKeyId(7)), "k", new byte[] { 1 }, 202, PublishedAnswer.Write([]), forgotten]];

        var (_, write) = await PublishAsync(Event("acme") with { Idempotency = new IdempotencyClaim(new ApiKeyId(7), "k", [2]) });

        $"{write.Rows("@forgotten").Single()}".ShouldBe(
            $$"""{"api_key_id":"{{Ids.Hex(new ApiKeyId(7))}}","idempotency_key":"k","expires_at":{{forgotten}}}""");
        write.Rows("@records").Length.ShouldBe(1);
        write.Text.IndexOf(OutboxRowsSql.DeleteIdempotencyRecords, StringComparison.Ordinal)
            .ShouldBeLessThan(write.Text.IndexOf(OutboxRowsSql.InsertIdempotencyRecords, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_SomeAreOnRecord_ReturnsThose()
    {
        var server = new RecordingServer(_ => [[[Ids.Bytes(new MessageId(2))]]]);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        (await transaction.FindAsync([new MessageId(1), new MessageId(2)], Cancel)).ShouldBe([new MessageId(2)]);

        server.ShouldBind();
    }

    /// <summary>All of commit 1, and what it wrote.</summary>
    private async Task<(RecordingServer Server, SentCommand Write)> PublishAsync(params PublishRequest[] batch)
    {
        var server = new RecordingServer(Answer);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);
        var ids = new IdGenerator(TimeProvider.System);
        var plan = new OutboxPlan(
            await transaction.ReadAsync(batch, Cancel), [.. batch.Select(_ => ids.New<MessageId>())], ids, Now, TimeSpan.FromHours(1),
            new ContentFilterCache());
        foreach (var request in batch)
            plan.Add(request);
        await transaction.WriteAsync(plan.Rows, Cancel);
        await transaction.CommitAsync(Cancel);
        return (server, server.Single("INSERT INTO messages"));
    }

    private object?[][][] Answer(SentCommand command) =>
        command.Text.Contains("JOIN applications", StringComparison.Ordinal)
            ? [[[Ids.Bytes(Application)]], [[Ids.Bytes(Application), "acme"]], _answered]
        : command.Text.Contains("JOIN endpoints AS e ON e.application_id", StringComparison.Ordinal)
            ? [_endpoints, _taken]
        : command.Text.Contains("UPDLOCK", StringComparison.Ordinal)
            ? [[[Ids.Bytes(Paid)], [Ids.Bytes(All)]], [[Ids.Bytes(All), 40L]], _busy]
        : [];

    private static object?[] Row(EndpointId endpoint, string? eventTypes, bool ordered = false, string? filter = null) =>
        [Ids.Bytes(Application), Ids.Bytes(endpoint), eventTypes, null, ordered, filter];

    private static PublishRequest Event(string application) =>
        new(application, "invoice.paid", null, null, "{}"u8.ToArray(), TimeSpan.FromDays(90), null, null);
}

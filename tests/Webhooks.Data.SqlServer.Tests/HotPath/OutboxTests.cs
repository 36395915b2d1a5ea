using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
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

    private object?[][] _answered = [];
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
        var server = new RecordingServer(Answer);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);
        var ids = new IdGenerator(TimeProvider.System);
        var batch = new[] { Event("acme"), Event("acme") with { RawPayload = "raw"u8.ToArray(), Channels = ["a", "b"] } };
        var plan = new OutboxPlan(
            await transaction.ReadAsync(batch, Cancel), [ids.New<MessageId>(), ids.New<MessageId>()], ids, Now, TimeSpan.FromHours(1), new ContentFilterCache());
        foreach (var request in batch)
            plan.Add(request);

        await transaction.WriteAsync(plan.Rows, Cancel);
        await transaction.CommitAsync(Cancel);

        var write = server.Single("INSERT INTO messages");
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
    public async Task Find_SomeAreOnRecord_ReturnsThose()
    {
        var server = new RecordingServer(_ => [[[Ids.Bytes(new MessageId(2))]]]);
        await using var transaction = await server.NewSql().BeginOutboxAsync(Cancel);

        (await transaction.FindAsync([new MessageId(1), new MessageId(2)], Cancel)).ShouldBe([new MessageId(2)]);

        server.ShouldBind();
    }

    private object?[][][] Answer(SentCommand command) =>
        command.Text.Contains("JOIN applications", StringComparison.Ordinal)
            ? [[[Ids.Bytes(Application)]], [[Ids.Bytes(Application), "acme"]], _answered]
        : command.Text.Contains("JOIN endpoints AS e ON e.application_id", StringComparison.Ordinal)
            ? [[Row(All, null), Row(Paid, """["invoice.paid"]"""), Row(Voided, """["invoice.voided"]""")], _taken]
        : command.Text.Contains("UPDLOCK", StringComparison.Ordinal)
            ? [[[Ids.Bytes(Paid)], [Ids.Bytes(All)]], [[Ids.Bytes(All), 40L]]]
        : [];

    private static object?[] Row(EndpointId endpoint, string? eventTypes) =>
        [Ids.Bytes(Application), Ids.Bytes(endpoint), eventTypes, null];

    private static PublishRequest Event(string application) =>
        new(application, "invoice.paid", null, null, "{}"u8.ToArray(), TimeSpan.FromDays(90), null, null);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>
/// The connection breaks while events are being committed: each is there once, and its publisher gets the answer that is true.
/// </summary>
public sealed class PostgreSqlCommitInDoubtTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    private const long Gate = 4711;

    // The first try's commit at the gate, and the second try at the ids that the first has written.
    private const string BothWait = """
        SELECT count(DISTINCT wait_event) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event IN ('advisory', 'transactionid')
        """;

    [Theory]
    [InlineData(CommitFate.NeverArrives), InlineData(CommitFate.AnswerIsLost)]
    internal async Task Publish_ConnectionBreaksAtTheCommit_EachEventIsThereOnce(CommitFate fate)
    {
        await using var proxy = new DatabaseProxy(Store.ConnectionString);
        await using var node = new Node(proxy.ConnectionString);
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        proxy.NextCommit(fate);

        var results = await node.Writer.CommitAsync(
            [Given.Event(application, eventId: "e"), Given.Event(application, eventId: "e"), Given.Event(application)]);

        results.Select(result => result.Status).ShouldBe([PublishStatus.Accepted, PublishStatus.EventIdTaken, PublishStatus.Accepted]);
        var messages = await Db.Messages.OrderBy(message => message.Id).ToListAsync(Cancel);
        messages.Select(message => (message.Id, message.CreatedAt)).ShouldBe(
            results.Where(result => result.Status == PublishStatus.Accepted).Select(result => (result.MessageId, result.CreatedAt)));
        (await Db.Deliveries.CountAsync(Cancel)).ShouldBe(2);
        (await LaneAsync(endpoint)).LastSequence.ShouldBe(2);
    }

    [Theory]
    [InlineData(null), InlineData("e")]
    public async Task Publish_CommitIsStillUnderWayWhenItIsTriedAgain_EventIsThereOnce(string? eventId)
    {
        await using var proxy = new DatabaseProxy(Store.ConnectionString);
        await using var node = new Node(proxy.ConnectionString);
        var application = await Given.ApplicationAsync(); // without an endpoint, so no lane's lock makes the second try wait
        await GivenCommitsWaitAtTheGateAsync();
        await using var gate = await Store.Database.Source.OpenConnectionAsync(Cancel);
        await LockGateAsync(gate, "pg_advisory_lock");
        proxy.NextCommit(CommitFate.CutOffMeanwhile);

        var publishing = node.Writer.PublishAsync(Given.Event(application, eventId: eventId), Cancel);
        while (await ScalarAsync<long>(BothWait) != 2)
            await Task.Yield();
        await LockGateAsync(gate, "pg_advisory_unlock");
        var result = await publishing;

        var message = await Db.Messages.SingleAsync(Cancel);
        result.ShouldBe(new PublishResult(PublishStatus.Accepted, message.Id, message.CreatedAt));
    }

    private Task GivenCommitsWaitAtTheGateAsync() => ExecuteAsync($"""
        CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN PERFORM pg_advisory_xact_lock_shared({Gate}); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER wait_at_gate AFTER INSERT ON messages DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION wait_at_gate()
        """);

    private static async Task LockGateAsync(Npgsql.NpgsqlConnection gate, string function)
    {
        await using var command = gate.CreateCommand();
        command.CommandText = $"SELECT {function}({Gate})";
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

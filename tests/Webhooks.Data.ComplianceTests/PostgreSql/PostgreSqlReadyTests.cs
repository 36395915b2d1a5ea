using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>Nodes wake each other.</summary>
public sealed class PostgreSqlReadyTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Publish_AtOneNode_WakesTheOther()
    {
        await using var publisher = NewNode();
        await using var sleeper = NewNode();
        await publisher.Notifier.StartAsync(Cancel);
        await ListenAsync(sleeper);
        var application = await Given.ApplicationAsync();

        await publisher.Writer.PublishAsync(Given.Event(application), Cancel);

        await WokenAsync(sleeper);
    }

    [Fact]
    public async Task Write_AtOneNode_WakesTheOther()
    {
        await using var writer = NewNode();
        await using var sleeper = NewNode();
        await writer.Notifier.StartAsync(Cancel);
        await ListenAsync(sleeper);

        await using (var db = PostgreSqlStore.NewContext(writer.Database))
        await using (var transaction = await writer.Sql.BeginWriteAsync(db, Cancel))
            await transaction.CommitAsync(Cancel);

        await WokenAsync(sleeper);
    }

    [Fact]
    public async Task Listener_ConnectionIsLost_ListensAgain()
    {
        await using var sleeper = NewNode();
        await ListenAsync(sleeper);

        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");

        await WokenAsync(sleeper); // for what was said meanwhile
        await ExecuteAsync("SELECT pg_notify('webhooks_ready', 'another node')");
        await WokenAsync(sleeper);
    }

    [Fact]
    public async Task Listener_ItsOwnNodesWord_WakesNobody()
    {
        await using var node = NewNode();
        await ListenAsync(node);

        await ExecuteAsync($"SELECT pg_notify('webhooks_ready', '{node.Name}')");
        await ExecuteAsync("SELECT pg_notify('webhooks_ready', 'another node')");

        await WokenAsync(node);
        (await IsWokenAsync(node, TimeSpan.Zero)).ShouldBeFalse(); // words come in order: the first has woken nobody
    }

    private static async Task ListenAsync(Node node)
    {
        await node.Listener.StartAsync(Cancel);
        await WokenAsync(node); // it listens
    }

    private static async Task WokenAsync(Node node) => (await IsWokenAsync(node, TooLong)).ShouldBeTrue();

    private static async Task<bool> IsWokenAsync(Node node, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within, TimeProvider.System);
        try
        {
            await node.WakeUp.WaitAsync(TimeSpan.FromHours(1), TimeProvider.System, limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

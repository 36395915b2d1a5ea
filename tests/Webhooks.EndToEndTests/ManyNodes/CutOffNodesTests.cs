using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// Nodes that live and send, and whose line to the database is cut: what they hold is taken over, and what they write too late counts for
/// nothing.
/// </summary>
public sealed class CutOffNodesTests(ITestOutputHelper output) : ManyNodesTests(output)
{
    [Fact]
    public async Task Cut_TwoNodesUnderLoad_TheThirdTakesOverAndLateWritesAreFenced()
    {
        await using var database = await SharedDatabase.CreateAsync(Cancel);
        await using var healing = new DatabaseLine(database.ConnectionString);
        await using var breaking = new DatabaseLine(database.ConnectionString);
        string[] connections = [healing.ConnectionString, breaking.ConnectionString, database.ConnectionString];
        await using var cluster = await StartAsync(
            database.ConnectionString, [.. connections.Select(connection => new NodeSetup(connection, LoadedCluster.ShortLeases))],
            slowest: TimeSpan.FromMilliseconds(300));
        await CutWhileSendingAsync(cluster, cluster.Nodes[0], healing, database);
        await CutWhileSendingAsync(cluster, cluster.Nodes[1], breaking, database);
        Tell("cut off");

        await TakenOverAsync(cluster, cluster.Nodes[0]);
        await TakenOverAsync(cluster, cluster.Nodes[1]);
        Tell("taken over");
        await cluster.AcceptedAsync(50, Cancel);
        var before = cluster.Nodes.Select(node => DeliveredBy(cluster, node)).ToList();
        healing.Heal();
        breaking.Break();

        await FencedAsync(cluster, cluster.Nodes[0]);
        await FencedAsync(cluster, cluster.Nodes[1]);
        Tell("fenced");
        await TakesPartAsync(cluster, cluster.Nodes[0], before[0]);
        await TakesPartAsync(cluster, cluster.Nodes[1], before[1]);
        await SettleAsync(cluster);
    }

    /// <summary>Cuts the line at a moment at which the node holds leases, and so has something to write when it is too late.</summary>
    private static async Task CutWhileSendingAsync(LoadedCluster cluster, Node node, DatabaseLine line, SharedDatabase database)
    {
        do
        {
            line.Heal();
            await cluster.AcceptedAsync(10, Cancel);
            line.Cut();
            await cluster.EventuallyAsync(
                async token => await database.CountAsync(ActiveOver(line), token) == 0,
                "The database is not done with what it got before the cut.", Cancel);
        }
        while (!cluster.Outbox.Leaseholders().Any(node.IsNamed));
    }

    private static string ActiveOver(DatabaseLine line) =>
        $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{line.Name}' AND state = 'active'";

    private static Task TakenOverAsync(LoadedCluster cluster, Node node) => cluster.EventuallyAsync(
        () => !cluster.Outbox.Leaseholders().Any(node.IsNamed)
            && cluster.Outbox.Attempts().Any(attempt => attempt.ErrorCode == AttemptErrorCodes.WorkerLost && node.IsNamed(attempt.Node)),
        "What the node held is not taken over.", Cancel);

    private static Task FencedAsync(LoadedCluster cluster, Node node) => cluster.EventuallyAsync(
        () => node.Server.Output.Contains("was lost before its outcome was recorded", StringComparison.Ordinal),
        "Nothing that the node wrote too late was turned away.", Cancel);

    private static Task TakesPartAsync(LoadedCluster cluster, Node node, int delivered) => cluster.EventuallyAsync(
        () => DeliveredBy(cluster, node) > delivered, "The node does not come back.", Cancel);

    private static int DeliveredBy(LoadedCluster cluster, Node node) =>
        cluster.Outbox.Attempts().Count(attempt => attempt.Outcome == AttemptOutcome.Delivered && node.IsNamed(attempt.Node));
}

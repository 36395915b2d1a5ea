using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.EndToEndTests.Load;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// Nodes that live and send, and whose line to the database is cut: what they hold is taken over, and what they write too late is not taken.
/// </summary>
public sealed class CutOffNodesTests(ITestOutputHelper output) : ManyNodesTests(output)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Cut_TwoNodesUnderLoad_TheThirdTakesOverAndLateWritesAreFenced()
    {
        await using var database = await TestDatabase.CreateAsync(Cancel);
        await using var healing = new DatabaseLine(database.ConnectionString);
        await using var breaking = new DatabaseLine(database.ConnectionString);
        string[] connections = [healing.ConnectionString, breaking.ConnectionString, database.ConnectionString];
        await using var cluster = await StartAsync(
            database.ConnectionString, [.. connections.Select(connection => (connection, LoadedCluster.ShortLeases))],
            slowest: TimeSpan.FromMilliseconds(300));
        await CutWhileSendingAsync(cluster, cluster.Nodes[0], healing);
        await CutWhileSendingAsync(cluster, cluster.Nodes[1], breaking);
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
    private static async Task CutWhileSendingAsync(LoadedCluster cluster, Node node, DatabaseLine line)
    {
        do
        {
            line.Heal();
            await cluster.AcceptedAsync(10, Cancel);
            line.Cut();
            await cluster.EventuallyAsync(
                () => IsQuiet(cluster.Outbox, line), Within, "The database is not done with what it got before the cut.", Cancel);
        }
        while (!cluster.Outbox.Leaseholders().Any(node.IsNamed));
    }

    private static bool IsQuiet(Outbox outbox, DatabaseLine line) => outbox.Read(
        $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{line.Name}' AND state = 'active'", row => row.GetInt64(0))[0] == 0;

    private static Task TakenOverAsync(LoadedCluster cluster, Node node) => cluster.EventuallyAsync(
        () => !cluster.Outbox.Leaseholders().Any(node.IsNamed)
            && cluster.Outbox.Attempts().Any(attempt => attempt.ErrorCode == AttemptErrorCodes.WorkerLost && node.IsNamed(attempt.Node)),
        Within, "What the node held is not taken over.", Cancel);

    private static Task FencedAsync(LoadedCluster cluster, Node node) => cluster.EventuallyAsync(
        () => node.Server.Output.Contains("was lost before its outcome was recorded", StringComparison.Ordinal),
        Within, "Nothing that the node wrote too late was turned away.", Cancel);

    private static Task TakesPartAsync(LoadedCluster cluster, Node node, int delivered) => cluster.EventuallyAsync(
        () => DeliveredBy(cluster, node) > delivered, Within, "The node does not come back.", Cancel);

    private static int DeliveredBy(LoadedCluster cluster, Node node) =>
        cluster.Outbox.Attempts().Count(attempt => attempt.Outcome == AttemptOutcome.Delivered && node.IsNamed(attempt.Node));
}

using System.Diagnostics;
using Webhooks.EndToEndTests.Load;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// Three nodes on one PostgreSQL database. What holds whatever becomes of nodes and database is what <see cref="Books.Faults"/> looks for.
/// </summary>
public abstract class ManyNodesTests(ITestOutputHelper output)
{
    private const int NodeCount = 3;

    private readonly long _started = Stopwatch.GetTimestamp();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected int Seed { get; } = Environment.TickCount;

    private protected Task<LoadedCluster> StartAsync(
        string database, IReadOnlyDictionary<string, string?> settings, TimeSpan slowest) =>
        StartAsync(database, [.. Enumerable.Repeat(new NodeSetup(database, settings), NodeCount)], slowest);

    private protected async Task<LoadedCluster> StartAsync(
        string database, IReadOnlyList<NodeSetup> nodes, TimeSpan slowest)
    {
        Tell($"seed {Seed}");
        var cluster = await LoadedCluster.StartAsync(database, nodes, slowest, Seed, Cancel);
        Tell("started");
        return cluster;
    }

    private protected async Task<Books> SettleAsync(LoadedCluster cluster)
    {
        Tell("settling");
        var books = await cluster.SettleAsync(Cancel);
        Tell(cluster.Summary(books));
        books.Faults().Take(20).ShouldBeEmpty($"seed {Seed}");
        return books;
    }

    protected void Tell(string what) => output.WriteLine($"{Stopwatch.GetElapsedTime(_started).TotalSeconds:0} s: {what}");
}

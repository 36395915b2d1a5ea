using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>A new version is rolled out node by node, and nobody sees anything of it.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output) : ManyNodesTests(output)
{
    private static readonly IReadOnlyDictionary<string, string?> Defaults = new Dictionary<string, string?>();
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Terminate_OneAfterAnotherUnderLoad_LosesNothingAndRepeatsNothing()
    {
        await using var database = await SharedDatabase.CreateAsync(Cancel);
        await using var cluster = await StartAsync(database.ConnectionString, Defaults, slowest: TimeSpan.FromSeconds(1));

        foreach (var node in cluster.Nodes)
        {
            await cluster.AcceptedAsync(60, Cancel);
            (await node.Server.StopAsync(InTime, Cancel)).ShouldBe(0, node.Server.Output);
            await node.RestartAsync();
            await node.Server.ReadyAsync(Cancel);
        }

        var books = await SettleAsync(cluster);
        books.Unknowns.ShouldBe(0);
        books.Duplicates.ShouldBe(0);
    }
}

using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>Nodes die at any moment, sometimes two at once, and come back as others; nobody tells those that live.</summary>
public sealed class KilledNodesTests(ITestOutputHelper output) : ManyNodesTests(output)
{
    private const int Kills = 3;

    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Kill_AtRandomMomentsUnderLoad_LosesNothingAndRepeatsOnlyTheUnknown()
    {
        var random = new Random(Seed);
        await using var database = await SharedDatabase.CreateAsync(Cancel);
        await using var cluster = await StartAsync(
            database.ConnectionString, LoadedCluster.ShortLeases, slowest: TimeSpan.FromMilliseconds(80));

        for (var i = 0; i < Kills; i++)
        {
            await cluster.AcceptedAsync(30, Cancel);

            // The moment of the kill is what is random here; nothing is waited for by it.
            await Task.Delay(LongestRun * random.NextDouble(), TimeProvider.System, Cancel);
            var victims = random.GetItems(cluster.Nodes.ToArray(), i % 3 == 2 ? 2 : 1).Distinct().ToList();
            await Task.WhenAll(victims.Select(node => node.Server.KillAsync()));
            await Task.WhenAll(victims.Select(node => node.RestartAsync()));
        }

        var books = await SettleAsync(cluster);
        books.Unknowns.ShouldBeGreaterThan(0, "a test in which no kill met an attempt shows nothing");
    }
}

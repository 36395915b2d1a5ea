namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>The database goes away at any moment, without a word, and comes back; no node is restarted for that.</summary>
public sealed class RestartedDatabaseTests(ITestOutputHelper output) : ManyNodesTests(output)
{
    private const int Restarts = 2;

    private static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task StopImmediately_UnderLoad_LosesNothingAndRepeatsOnlyTheUnknown()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGQUIT.");
        var random = new Random(Seed);
        await using var database = await PostgreSqlProcess.StartAsync(Cancel);
        await using var cluster = await StartAsync(
            database.ConnectionString, LoadedCluster.ShortLeases, slowest: TimeSpan.FromMilliseconds(300));

        for (var i = 0; i < Restarts; i++)
        {
            await cluster.AcceptedAsync(100, Cancel);
            await database.StopImmediatelyAsync(Cancel);
            await Task.Delay(LongestAway * random.NextDouble(), TimeProvider.System, Cancel); // how long it is away is what is random
            await database.RestartAsync(Cancel);
        }

        await SettleAsync(cluster);
    }
}

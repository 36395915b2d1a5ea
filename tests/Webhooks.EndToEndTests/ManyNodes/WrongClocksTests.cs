using System.Net;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// Nodes on machines whose clocks are minutes apart. If any of them went by its own clock, leases would be taken from the living, or those
/// of the dead be kept.
/// </summary>
public sealed class WrongClocksTests(ITestOutputHelper output) : ManyNodesTests(output)
{
    // Rows that say that they were written when, as the database knows, they were not; give or take a minute.
    private const string StrangeTimes = """
        WITH run AS (
            SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now, (SELECT min(created_at) FROM applications) AS since
        ), times AS (
            SELECT created_at AS time FROM messages
            UNION ALL SELECT created_at FROM deliveries
            UNION ALL SELECT finished_at FROM deliveries
            UNION ALL SELECT started_at FROM attempts WHERE error_code IS NULL
        )
        SELECT count(*) FROM times, run WHERE time NOT BETWEEN since - 60000000 AND now + 60000000
        """;

    private static readonly TimeSpan Off = TimeSpan.FromMinutes(7);

    [Fact]
    public async Task Kill_ANodeWhoseClockIsAhead_IsTakenOverInTimeAndNobodyElseIs()
    {
        await using var database = await SharedDatabase.CreateAsync(Cancel);
        await using var cluster = await StartAsync(
            database.ConnectionString,
            [.. new[] { -Off, TimeSpan.Zero, Off }.Select(off => new NodeSetup(database.ConnectionString, SettingsOf(off)))],
            slowest: TimeSpan.FromMilliseconds(300));
        var (behind, ahead) = (cluster.Nodes[0], cluster.Nodes[2]);
        (await TimeOfAsync(ahead) - await TimeOfAsync(behind)).ShouldBeGreaterThan(Off, "the clocks are not wrong, so this shows nothing");

        await cluster.AcceptedAsync(300, Cancel);
        await cluster.EventuallyAsync(() => cluster.Outbox.Leaseholders().Any(ahead.IsNamed), "The node ahead claims nothing.", Cancel);
        await ahead.Server.KillAsync();
        var killed = ahead.Server.Id;
        await ahead.RestartAsync();

        await SettleAsync(cluster);
        cluster.Outbox.Attempts().Where(attempt => attempt.ErrorCode == AttemptErrorCodes.WorkerLost)
            .ShouldAllBe(attempt => Node.IsNamed(killed, attempt.Node), "leases of living nodes were taken");
        (await database.CountAsync(StrangeTimes, Cancel)).ShouldBe(0);
    }

    private static Dictionary<string, string?> SettingsOf(TimeSpan off) =>
        LoadedCluster.ShortLeases.Concat(off == TimeSpan.Zero ? [] : WrongClock.Of(off)).ToDictionary();

    /// <summary>What the node's own clock says: the Date of its answers.</summary>
    private static async Task<DateTimeOffset> TimeOfAsync(Node node)
    {
        using var response = await node.Api.SendAsync(HttpMethod.Get, "/health", null, null, Off, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return response.Headers.Date!.Value;
    }
}

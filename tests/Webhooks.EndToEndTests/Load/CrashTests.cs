using System.Diagnostics;

namespace Webhooks.EndToEndTests.Load;

/// <summary>
/// The promise: what was answered 202 is delivered or still queued, whenever the process dies, and a subscriber sees a message twice
/// only where the first request's outcome is on record as unknown.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int KillsUnderLoad = 8;
    private const int KillsAtStart = 2;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(1_200);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMilliseconds(1_500);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMomentsUnderLoad_LosesNothingAndRepeatsOnlyTheUnknown()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var started = Stopwatch.GetTimestamp();
        await using var loaded = await LoadedServer.StartAsync(seed, slowest: TimeSpan.FromMilliseconds(80), Cancel);

        for (var i = 0; i < KillsUnderLoad; i++)
        {
            if (i % (KillsUnderLoad / KillsAtStart) == 1)
                await KillAfterAsync(loaded, LongestStart * random.NextDouble());
            await loaded.AcceptedAsync(1, Cancel);
            await KillAfterAsync(loaded, LongestRun * random.NextDouble());
        }

        output.WriteLine($"killed for {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        var books = await loaded.SettleAsync(Cancel);
        output.WriteLine(
            $"settled after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {KillsUnderLoad} kills under load, {KillsAtStart} at start; {loaded.Publishers.Published.Count} messages in "
            + $"{loaded.Publishers.Sent} requests; {books.Deliveries} deliveries; {books.Unknowns} attempts unknown; "
            + $"{books.Repeats} requests were repeats, {books.Duplicates} of them of one that was answered 2xx");
        books.Faults().Take(20).ShouldBeEmpty($"seed {seed}");
        books.Unknowns.ShouldBeGreaterThan(0, "a crash test in which no crash met an attempt shows nothing");
    }

    /// <summary>The moment of the kill is what is random here; nothing is waited for by it.</summary>
    private static async Task KillAfterAsync(LoadedServer loaded, TimeSpan delay)
    {
        await Task.Delay(delay, TimeProvider.System, Cancel);
        await loaded.Server.KillAsync();
        await loaded.RestartAsync();
    }
}

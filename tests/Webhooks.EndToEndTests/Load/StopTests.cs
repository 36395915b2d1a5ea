using System.Diagnostics;

namespace Webhooks.EndToEndTests.Load;

/// <summary>A server that is asked to stop finishes or hands back what is under way: nobody sees anything twice.</summary>
public sealed class StopTests(ITestOutputHelper output)
{
    private const int Stops = 4;

    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terminate_UnderLoad_LosesNothingAndRepeatsNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var loaded = await LoadedServer.StartAsync(seed, slowest: TimeSpan.FromSeconds(1), Cancel);

        for (var i = 0; i < Stops; i++)
        {
            await loaded.AcceptedAsync(150, Cancel);
            var started = Stopwatch.GetTimestamp();
            (await loaded.Server.StopAsync(InTime, Cancel)).ShouldBe(0, loaded.Server.Output);
            output.WriteLine($"stopped in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
            await loaded.RestartAsync();
        }

        var books = await loaded.SettleAsync(Cancel);
        output.WriteLine($"{loaded.Publishers.Published.Count} messages, {books.Deliveries} deliveries, {books.Repeats} retries");
        books.Faults().Take(20).ShouldBeEmpty($"seed {seed}");
        books.Unknowns.ShouldBe(0);
        books.Duplicates.ShouldBe(0);
    }
}

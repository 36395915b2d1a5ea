using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Processes;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Seeding;

namespace Webhooks.Benchmarks.Tables;

/// <summary>What healthy endpoints notice of a dead one that has a large backlog.</summary>
internal static class IsolationTable
{
    private const int Lanes = 20;
    private const int PerSecond = 200;

    public static async Task RunAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var alone = await MeasureAsync(run, "no dead endpoint", receiver, deadUrl: null);
        var refusing = await MeasureAsync(run, "dead endpoint refuses connections", receiver, new Uri("http://127.0.0.1:1/"));
        var hanging = await MeasureAsync(run, "dead endpoint never answers", receiver, receiver.Url(ReceiverProgram.Hanging));

        Report.Table(
            $"Isolation: {Lanes} healthy endpoints at {PerSecond}/s, beside a dead one with {run.Count(100_000):#,##0} waiting deliveries (ms)",
            ["beside", "p50", "p95", "p99", "p99 ÷ without (≤ 1.5)"],
            [Row("no dead endpoint", alone), Row("one that refuses connections", refusing), Row("one that never answers", hanging)]);

        IReadOnlyList<object> Row(string name, Percentiles latency) => [name, latency.P50, latency.P95, latency.P99, latency.P99 / alone.P99];
    }

    private static async Task<Percentiles> MeasureAsync(Run run, string name, ReceiverProcess receiver, Uri? deadUrl)
    {
        using var folder = new DataFolder();
        IReadOnlyList<ApplicationId> healthy;
        await using (var seed = await Seed.OpenAsync(folder))
        {
            healthy = [.. (await seed.AddManyAsync(Lanes, receiver.Url(ReceiverProgram.Timed))).Select(added => added.Application)];
            if (deadUrl is not null)
                await Backlog.AddAsync(seed.Database, [await seed.AddAsync(deadUrl.ToString())], run.Count(100_000));
        }

        await using var server = await ServerProcess.StartAsync(folder.Path);
        var publisher = new Publisher(server, healthy);
        await LatencyTable.MeasureAsync(run, $"{name}, warm-up", receiver, publisher, PerSecond, TimeSpan.FromSeconds(5));
        return await LatencyTable.MeasureAsync(run, name, receiver, publisher, PerSecond, run.Time(TimeSpan.FromSeconds(30)));
    }
}

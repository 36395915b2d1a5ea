using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Processes;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Seeding;

namespace Webhooks.Benchmarks.Tables;

/// <summary>From the moment a publisher sends its POST to the moment the receiver sees the delivery.</summary>
internal static class LatencyTable
{
    private const int Lanes = 50;

    public static async Task RunAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        using var folder = new DataFolder();
        IReadOnlyList<ApplicationId> applications;
        await using (var seed = await Seed.OpenAsync(folder))
            applications = [.. (await seed.AddManyAsync(Lanes, receiver.Url(ReceiverProgram.Timed))).Select(added => added.Application)];

        await using var server = await ServerProcess.StartAsync(folder.Path);
        var publisher = new Publisher(server, applications);
        var bare = await BareAsync(run, receiver);
        await MeasureAsync(run, "warm-up", receiver, publisher, 200, TimeSpan.FromSeconds(10));
        var idle = await MeasureAsync(run, "idle (10/s)", receiver, publisher, 10, run.Time(TimeSpan.FromSeconds(40)));
        var busy = await MeasureAsync(run, "200/s", receiver, publisher, 200, run.Time(TimeSpan.FromSeconds(30)));

        Report.Table(
            "Latency: POST to first byte at the receiver, in milliseconds (idle: p50 ≤ 5, p99 ≤ 25)",
            ["load", "events", "p50", "p95", "p99", "max"],
            [Row("a bare POST to the receiver, 10/s", bare), Row("idle, 10/s", idle), Row("200/s", busy)]);
    }

    /// <summary>What of it is the machine's: a request that takes no way at all.</summary>
    private static async Task<Percentiles> BareAsync(Run run, ReceiverProcess receiver)
    {
        await receiver.ResetAsync();
        await OpenLoop.RunAsync(10, run.Time(TimeSpan.FromSeconds(20)), async n =>
            await Http.PostAsync(receiver.Url(ReceiverProgram.Timed), Publisher.Event(n)) == 204);
        var latency = Percentiles.Of(await receiver.LatenciesAsync());
        Report.Raw($"bare POST: {latency}");
        return latency;
    }

    internal static async Task<Percentiles> MeasureAsync(
        Run run, string name, ReceiverProcess receiver, Publisher publisher, int perSecond, TimeSpan time)
    {
        await receiver.ResetAsync();
        var published = await OpenLoop.RunAsync(perSecond, time, n => publisher.PublishAsync(n));
        await receiver.WaitForAsync(published.Good, TimeSpan.FromSeconds(5));
        var latency = Percentiles.Of(await receiver.LatenciesAsync());
        Report.Raw($"{name}: {latency}, {published.Good} accepted, {published.Bad} refused");
        return latency;
    }

    private static IReadOnlyList<object> Row(string name, Percentiles latency) =>
        [name, latency.Count, latency.P50, latency.P95, latency.P99, latency.Max];
}

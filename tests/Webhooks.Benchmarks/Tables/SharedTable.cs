using System.Diagnostics;
using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Processes;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Seeding;

namespace Webhooks.Benchmarks.Tables;

/// <summary>One and two nodes on one PostgreSQL database on the same machine, beside what bare requests carry, all in one run.</summary>
internal static class SharedTable
{
    private const int Lanes = 50;
    private const int Publishers = 256;
    private const int Senders = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var counted = receiver.Url(ReceiverProgram.Counted);
        var sends = await ClosedLoop.RunAsync(run.Count(50_000), Senders, Limit, async n => await Http.PostAsync(counted, Publisher.Event(n)) is 204);
        var accepting = receiver.Url(ReceiverProgram.Accepting);
        var accepts = await ClosedLoop.RunAsync(
            run.Count(50_000), Publishers, Limit, async n => await Http.PostAsync(accepting, Publisher.Event(n)) is 202);
        Report.Raw($"bare HttpClient {sends.PerSecond:0}/s, bare endpoint {accepts.PerSecond:0}/s");

        var rows = new List<IReadOnlyList<object>>();
        foreach (var count in new[] { 1, 2 })
            await AddRowsAsync(run, receiver, count, (sends.PerSecond, accepts.PerSecond), rows);
        Report.Table(
            $"PostgreSQL: {Lanes} applications with an endpoint each, events of 500 bytes, {Publishers} publishers at once",
            ["phase", "nodes", "events/s accepted", "÷ bare endpoint", "deliveries/s", "÷ bare HttpClient", "round trips per 100 deliveries (≤ 10)"],
            rows);
    }

    private static async Task AddRowsAsync(
        Run run, ReceiverProcess receiver, int count, (double Sends, double Accepts) bare, List<IReadOnlyList<object>> rows)
    {
        using var folder = new DataFolder();
        await using var database = await SharedDatabase.CreateAsync();
        await using var cluster = await Cluster.StartAsync(folder, database, count);
        var applications = await cluster.AddEndpointsAsync(Lanes, receiver.Url(ReceiverProgram.Counted));
        var publishers = cluster.Nodes.Select(node => new Publisher(node, applications)).ToList();

        await WholeAsync(run.Count(20_000)); // warm-up
        var whole = await WholeAsync(run.Count(40_000));
        rows.Add(["accept and deliver at once", count, whole.Accepted, whole.Accepted / bare.Accepts, whole.Delivered, whole.Delivered / bare.Sends, whole.RoundTrips]);
        var drained = await DrainAsync(run.Count(60_000));
        rows.Add(["drain a backlog", count, "", "", drained.Delivered, drained.Delivered / bare.Sends, drained.RoundTrips]);

        async Task<Throughput> WholeAsync(int events)
        {
            await receiver.ResetAsync();
            var (before, started) = (await cluster.RoundTripsAsync(), Stopwatch.GetTimestamp());
            var published = await PublishAsync(events);
            var arrived = await receiver.WaitForAsync(published.Good, Patience);
            var elapsed = Stopwatch.GetElapsedTime(started, arrived.LastAt);
            return Tell("accept and deliver", published, arrived.Requests, arrived.Requests / elapsed.TotalSeconds, before, await cluster.RoundTripsAsync());
        }

        // The rate of the second half, as for the embedded database.
        async Task<Throughput> DrainAsync(int events)
        {
            await cluster.ForAllAsync("pause", "{}");
            await receiver.ResetAsync();
            var published = await PublishAsync(events);
            await cluster.ForAllAsync("resume", "{}");
            var half = await receiver.WaitForAsync(published.Good / 2, Patience);
            var before = await cluster.RoundTripsAsync();
            var all = await receiver.WaitForAsync(published.Good, Patience);
            var rest = all.Requests - half.Requests;
            return Tell(
                "drain", published, rest, rest / Stopwatch.GetElapsedTime(half.LastAt, all.LastAt).TotalSeconds, before, await cluster.RoundTripsAsync());
        }

        Task<LoadResult> PublishAsync(int events) =>
            ClosedLoop.RunAsync(events, Publishers, Limit, n => publishers[n % publishers.Count].PublishAsync(n));

        Throughput Tell(string name, LoadResult published, long arrived, double perSecond, double before, double after)
        {
            var trips = 100 * (after - before) / arrived;
            Report.Raw($"{count} node(s), {name}: {published.Good} accepted, {published.Bad} refused, {published.PerSecond:0}/s; "
                + $"{arrived} arrived, {perSecond:0}/s, {trips:0.0} round trips per 100");
            return new Throughput(published.PerSecond, perSecond, trips);
        }
    }

    private sealed record Throughput(double Accepted, double Delivered, double RoundTrips);
}

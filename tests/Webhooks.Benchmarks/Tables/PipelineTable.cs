using System.Diagnostics;
using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Processes;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Seeding;

namespace Webhooks.Benchmarks.Tables;

/// <summary>How much the whole way carries, beside what the machine and a job per delivery carry, all in one run.</summary>
internal static class PipelineTable
{
    private const int Lanes = 50;
    private const int Publishers = 256;

    // What 50 lanes at the default cap of 10 have under way.
    private const int Senders = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var bareSends = await BareAsync(run, "bare HttpClient to the receiver", receiver.Url(ReceiverProgram.Counted), Senders);
        var bareAccepts = await BareAsync(run, "bare endpoint that reads the body", receiver.Url(ReceiverProgram.Accepting), Publishers);
        var jobs = await HangfireJobs.RunAsync(run, receiver.Url(ReceiverProgram.Counted));
        var accepted = await AcceptAsync(run, receiver);
        var drained = await DrainAsync(run, receiver);

        Report.Table(
            $"Pipeline: {Lanes} applications with an endpoint each, events of 500 bytes, {Publishers} publishers at once",
            ["phase", "events/s accepted", "÷ bare endpoint (≥ 0.5)", "deliveries/s", "÷ bare HttpClient (≥ 0.5)", "÷ job per delivery (≥ 50)", "commits per 100 deliveries (≤ 10)"],
            [
                ["bare endpoint", bareAccepts, 1.0, "", "", "", ""],
                ["bare HttpClient", "", "", bareSends, 1.0, "", ""],
                ["Hangfire job per delivery, in memory", "", "", jobs, jobs / bareSends, 1.0, ""],
                ["accept, no endpoint", accepted.WithoutEndpoint, accepted.WithoutEndpoint / bareAccepts, "", "", "", ""],
                ["accept, no endpoint, Idempotency-Key", accepted.WithKey, accepted.WithKey / bareAccepts, "", "", "", ""],
                ["accept, delivery held", accepted.Held, accepted.Held / bareAccepts, "", "", "", ""],
                [
                    "accept and deliver at once", accepted.Whole.AcceptedPerSecond, accepted.Whole.AcceptedPerSecond / bareAccepts,
                    accepted.Whole.DeliveredPerSecond, accepted.Whole.DeliveredPerSecond / bareSends, accepted.Whole.DeliveredPerSecond / jobs,
                    accepted.Whole.CommitsPer100,
                ],
                ["drain a backlog", "", "", drained.DeliveredPerSecond, drained.DeliveredPerSecond / bareSends, drained.DeliveredPerSecond / jobs, drained.CommitsPer100],
            ]);
    }

    /// <summary>Two rows of the table alone: for comparing two builds of the delivery side.</summary>
    public static async Task RunDrainAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var bareSends = await BareAsync(run, "bare HttpClient to the receiver", receiver.Url(ReceiverProgram.Counted), Senders);
        var drained = await DrainAsync(run, receiver);
        Report.Table(
            "Drain a backlog", ["deliveries/s", "÷ bare HttpClient", "commits per 100 deliveries"],
            [[drained.DeliveredPerSecond, drained.DeliveredPerSecond / bareSends, drained.CommitsPer100]]);
    }

    /// <summary>The rows with publishers alone, for the same.</summary>
    public static async Task RunAcceptAsync(Run run)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var bareAccepts = await BareAsync(run, "bare endpoint that reads the body", receiver.Url(ReceiverProgram.Accepting), Publishers);
        var accepted = await AcceptAsync(run, receiver);
        Report.Table(
            "Accept", ["accepted/s", "÷ bare endpoint", "with delivery at once", "÷ bare endpoint"],
            [[
                accepted.WithoutEndpoint, accepted.WithoutEndpoint / bareAccepts,
                accepted.Whole.DeliveredPerSecond, accepted.Whole.DeliveredPerSecond / bareAccepts,
            ]]);
    }

    private static async Task<double> BareAsync(Run run, string name, Uri url, int concurrency)
    {
        await Post(run.Count(20_000));
        var result = await Post(run.Count(100_000));
        Report.Raw($"{name}: {result.Good} at {concurrency} at once in {result.Elapsed.TotalSeconds:0.00} s, {result.Bad} bad, {result.PerSecond:0}/s");
        return result.PerSecond;

        Task<LoadResult> Post(int count) =>
            ClosedLoop.RunAsync(count, concurrency, Limit, async n => await Http.PostAsync(url, Publisher.Event(n)) is 202 or 204);
    }

    private static async Task<Accepted> AcceptAsync(Run run, ReceiverProcess receiver)
    {
        using var folder = new DataFolder();
        IReadOnlyList<ApplicationId> alone, held, delivered;
        await using (var seed = await Seed.OpenAsync(folder))
        {
            alone = await AloneAsync(seed);
            held = [.. (await seed.AddManyAsync(Lanes, receiver.Url(ReceiverProgram.Counted), held: true)).Select(added => added.Application)];
            delivered = [.. (await seed.AddManyAsync(Lanes, receiver.Url(ReceiverProgram.Counted))).Select(added => added.Application)];
        }

        await using var server = await ServerProcess.StartAsync(folder.Path);
        await PublishAsync(run, "warm-up", new Publisher(server, alone), 40_000);
        var withoutEndpoint = await PublishAsync(run, "accept, no endpoint", new Publisher(server, alone), 40_000);
        var withKey = await PublishAsync(run, "accept, no endpoint, with key", new Publisher(server, alone), 40_000, withKey: true);
        var onHold = await PublishAsync(run, "accept, held", new Publisher(server, held), 40_000);
        var whole = await WholeAsync(run, folder, receiver, server, new Publisher(server, delivered));
        return new Accepted(withoutEndpoint.PerSecond, withKey.PerSecond, onHold.PerSecond, whole);
    }

    private static async Task<IReadOnlyList<ApplicationId>> AloneAsync(Seed seed)
    {
        var applications = new List<ApplicationId>(Lanes);
        for (var i = 0; i < Lanes; i++)
            applications.Add((await seed.AddAsync(url: null)).Application);
        return applications;
    }

    private static async Task<LoadResult> PublishAsync(Run run, string name, Publisher publisher, int count, bool withKey = false)
    {
        var result = await ClosedLoop.RunAsync(run.Count(count), Publishers, Limit, n => publisher.PublishAsync(n, withKey));
        Report.Raw($"{name}: {result.Good} accepted in {result.Elapsed.TotalSeconds:0.00} s, {result.Bad} refused, {result.PerSecond:0}/s");
        return result;
    }

    private static async Task<Throughput> WholeAsync(Run run, DataFolder folder, ReceiverProcess receiver, ServerProcess server, Publisher publisher)
    {
        await receiver.ResetAsync();
        var warm = await PublishAsync(run, "warm-up of both", publisher, 20_000);
        await receiver.WaitForAsync(warm.Good, TimeSpan.FromSeconds(10));
        await receiver.ResetAsync();

        var (commits, cpu, started) = (Books.Commits(folder), server.CpuTime, Stopwatch.GetTimestamp());
        var published = await PublishAsync(run, "accept and deliver", publisher, 60_000);
        var arrived = await receiver.WaitForAsync(published.Good, TimeSpan.FromSeconds(10));
        var elapsed = Stopwatch.GetElapsedTime(started, arrived.LastAt);
        var result = new Throughput(published.PerSecond, arrived.Requests / elapsed.TotalSeconds, CommitsPer100(folder, commits, arrived.Requests));
        Report.Raw($"accept and deliver: {arrived.Requests} of {published.Good} arrived in {elapsed.TotalSeconds:0.00} s, "
            + $"{result.DeliveredPerSecond:0}/s, {result.CommitsPer100:0.0} commits per 100, server CPU {(server.CpuTime - cpu).TotalSeconds:0.0} s");
        return result;
    }

    /// <summary>The rate of the second half: in the first the server is compiled while it runs.</summary>
    private static async Task<Throughput> DrainAsync(Run run, ReceiverProcess receiver)
    {
        using var folder = new DataFolder();
        var count = run.Count(200_000);
        await using (var seed = await Seed.OpenAsync(folder))
            await Backlog.AddAsync(seed.Database, await seed.AddManyAsync(Lanes, receiver.Url(ReceiverProgram.Counted)), count);

        await receiver.ResetAsync();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var warm = await receiver.WaitForAsync(count / 2, TimeSpan.FromSeconds(20));
        var (commits, cpu) = (Books.Commits(folder), server.CpuTime);
        var all = await receiver.WaitForAsync(count, TimeSpan.FromSeconds(20));
        var result = new Throughput(
            0, (all.Requests - warm.Requests) / Stopwatch.GetElapsedTime(warm.LastAt, all.LastAt).TotalSeconds,
            CommitsPer100(folder, commits, all.Requests - warm.Requests));
        var usedCpu = server.CpuTime - cpu;
        await Pause.ForAsync(TimeSpan.FromSeconds(1));
        var (delivered, others) = Books.Deliveries(folder);
        Report.Raw($"drain: {all.Requests} arrived, {delivered} recorded as delivered, {others} not, {result.DeliveredPerSecond:0}/s, "
            + $"{result.CommitsPer100:0.0} commits per 100, server CPU {usedCpu.TotalMilliseconds * 1000 / (all.Requests - warm.Requests):0} µs a delivery, "
            + $"{server.ResidentBytes >> 20} MB");
        return result;
    }

    private static double CommitsPer100(DataFolder folder, uint before, long deliveries) => 100.0 * (Books.Commits(folder) - before) / deliveries;

    private sealed record Throughput(double AcceptedPerSecond, double DeliveredPerSecond, double CommitsPer100);

    private sealed record Accepted(double WithoutEndpoint, double WithKey, double Held, Throughput Whole);
}

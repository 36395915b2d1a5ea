using System.Diagnostics;
using Hangfire;
using Hangfire.InMemory;
using Webhooks.Benchmarks.Load;

namespace Webhooks.Benchmarks.Tables;

/// <summary>
/// One Hangfire job for each delivery, doing the same POST. Its storage is in memory, which is the fastest there is and loses
/// everything with the process; with a database behind it each job costs some 18 round trips.
/// </summary>
internal sealed class HangfireJobs
{
    private const int Workers = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static CountdownEvent _left = new(0);

    /// <summary>Jobs finished per second, of a backlog enqueued before.</summary>
    public static async Task<double> RunAsync(Run run, Uri url)
    {
        using var storage = new InMemoryStorage();
        await DrainAsync(storage, url, run.Count(2_000));
        var (enqueueing, draining) = await DrainAsync(storage, url, run.Count(20_000));
        var perSecond = run.Count(20_000) / draining.TotalSeconds;
        Report.Raw($"Hangfire job per delivery: {run.Count(20_000)} jobs enqueued in {enqueueing.TotalSeconds:0.00} s, "
            + $"done by {Workers} workers in {draining.TotalSeconds:0.00} s, {perSecond:0}/s");
        return perSecond;
    }

    /// <summary>The job.</summary>
    public static async Task SendAsync(string url, int n)
    {
        await Http.PostAsync(new Uri(url), Publisher.Event(n));
        _left.Signal();
    }

    private static async Task<(TimeSpan Enqueueing, TimeSpan Draining)> DrainAsync(InMemoryStorage storage, Uri url, int count)
    {
        using var left = _left = new CountdownEvent(count);
        var client = new BackgroundJobClient(storage);
        var address = url.ToString();
        var started = Stopwatch.GetTimestamp();
        for (var n = 0; n < count; n++)
        {
            var number = n;
            client.Enqueue(() => SendAsync(address, number));
        }

        var enqueued = Stopwatch.GetTimestamp();
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers }, storage);
        await Task.Run(() => left.Wait(Limit));
        var done = Stopwatch.GetTimestamp();
        server.SendStop();
        await server.WaitForShutdownAsync(CancellationToken.None);
        return (Stopwatch.GetElapsedTime(started, enqueued), Stopwatch.GetElapsedTime(enqueued, done));
    }
}

using System.Diagnostics;

namespace Webhooks.Benchmarks.Load;

/// <summary>So many callers, each of which sends its next request when its last one is answered: finds out how much goes through.</summary>
internal static class ClosedLoop
{
    /// <summary>Stops after <paramref name="count"/> requests or after <paramref name="limit"/>, whichever comes first.</summary>
    /// <param name="send">Sends the n-th request; true when it was answered as it should be.</param>
    public static async Task<LoadResult> RunAsync(int count, int concurrency, TimeSpan limit, Func<int, Task<bool>> send)
    {
        var (next, good, bad) = (-1, 0, 0);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(CallAsync)));
        return new LoadResult(good, bad, Stopwatch.GetElapsedTime(started));

        async Task CallAsync()
        {
            while (Interlocked.Increment(ref next) is var n && n < count && Stopwatch.GetElapsedTime(started) < limit)
                Interlocked.Increment(ref await send(n) ? ref good : ref bad);
        }
    }
}

/// <param name="Bad">Requests that were not answered as they should have been.</param>
internal sealed record LoadResult(int Good, int Bad, TimeSpan Elapsed)
{
    public double PerSecond => Good / Elapsed.TotalSeconds;
}

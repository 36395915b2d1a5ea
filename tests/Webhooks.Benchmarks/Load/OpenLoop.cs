using System.Diagnostics;

namespace Webhooks.Benchmarks.Load;

/// <summary>Requests at a steady rate, whether or not earlier ones are answered: what a slow service does to latency is not hidden.</summary>
internal static class OpenLoop
{
    public static async Task<LoadResult> RunAsync(int perSecond, TimeSpan time, Func<int, Task<bool>> send)
    {
        var count = (int)(perSecond * time.TotalSeconds);
        var calls = new List<Task<bool>>(count);
        var started = Stopwatch.GetTimestamp();
        for (var n = 0; n < count; n++)
        {
            var wait = TimeSpan.FromSeconds((double)n / perSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Pause.ForAsync(wait);
            calls.Add(send(n));
        }

        var answers = await Task.WhenAll(calls);
        return new LoadResult(answers.Count(good => good), answers.Count(good => !good), Stopwatch.GetElapsedTime(started));
    }
}

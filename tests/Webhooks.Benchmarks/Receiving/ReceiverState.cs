using System.Collections.Concurrent;
using System.Diagnostics;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>What arrived since the last reset.</summary>
internal sealed class ReceiverState
{
    private readonly ConcurrentQueue<double> _latencies = new();
    private long _requests;
    private long _firstAt;
    private long _lastAt;

    public void Arrived()
    {
        var now = Stopwatch.GetTimestamp();
        if (Interlocked.Increment(ref _requests) == 1)
            Volatile.Write(ref _firstAt, now);
        Volatile.Write(ref _lastAt, now);
    }

    public void Timed(TimeSpan latency) => _latencies.Enqueue(latency.TotalMilliseconds);

    public ReceiverCounts Counts() => new(Volatile.Read(ref _requests), Volatile.Read(ref _firstAt), Volatile.Read(ref _lastAt));

    public double[] Latencies() => [.. _latencies];
}

/// <param name="FirstAt">Stopwatch ticks.</param>
/// <param name="LastAt">Stopwatch ticks.</param>
internal sealed record ReceiverCounts(long Requests, long FirstAt, long LastAt)
{
    public double PerSecond => Requests / Stopwatch.GetElapsedTime(FirstAt, LastAt).TotalSeconds;
}

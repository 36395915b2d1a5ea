using System.Diagnostics;

namespace Webhooks.Benchmarks;

/// <summary>What one sync of this disk costs: the floor under every commit.</summary>
internal static class DiskSync
{
    private const int Syncs = 100;

    public static TimeSpan Measure()
    {
        var path = Path.Combine(Path.GetTempPath(), $"webhooks-sync-{Environment.ProcessId}");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Syncs; i++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return Stopwatch.GetElapsedTime(started) / Syncs;
    }
}

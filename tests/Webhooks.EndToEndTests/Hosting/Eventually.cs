using System.Diagnostics;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>Looks again and again until something holds, within a generous bound: another process gives no signal to wait for.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(
        Func<CancellationToken, Task<bool>> holds, TimeSpan within, TimeSpan every, Func<string> otherwise, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(every);
        while (!await holds(cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(started) > within)
                throw new TimeoutException(otherwise());
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> holds, TimeSpan within, Func<string> otherwise, CancellationToken cancellationToken) =>
        TrueAsync(_ => Task.FromResult(holds()), within, TimeSpan.FromMilliseconds(25), otherwise, cancellationToken);
}

namespace Webhooks.Benchmarks.Load;

internal static class Pause
{
    public static Task ForAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}

namespace Webhooks.Server.Demo;

/// <summary>A clock that is moved by hand, and only forward: a week goes by in seconds. Its timers are the machine's.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <summary>A time that is over already changes nothing.</summary>
    public void MoveTo(DateTimeOffset time) => Volatile.Write(ref _ticks, Math.Max(_ticks, time.UtcTicks));

    public void MoveBy(TimeSpan time) => MoveTo(GetUtcNow() + time);
}

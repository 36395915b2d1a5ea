namespace Webhooks.Core.Data;

/// <summary>
/// The database's time, told by this machine's monotonic clock: what nodes store, lease and wait for is one time for all of them, however
/// much their own clocks differ, and no step of a machine's clock moves it. See docs/adr/0014.
/// </summary>
/// <param name="local">Only its timestamps and timers matter; its time of day is where this clock begins, until the first sample.</param>
internal sealed class DatabaseClock(TimeProvider local) : TimeProvider
{
    private Anchor _anchor = new(local.GetUtcNow(), local.GetTimestamp());

    public override long TimestampFrequency => local.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => local.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        var anchor = Volatile.Read(ref _anchor);
        return anchor.Time + local.GetElapsedTime(anchor.Timestamp);
    }

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    /// <summary>
    /// Follows what the database said, unless this clock may be just as right: somewhere between asking and answer it was that time there,
    /// so a slow answer says little and moves nothing.
    /// </summary>
    /// <returns>How far the clock was moved.</returns>
    public TimeSpan Follow(ClockSample sample)
    {
        var roundTrip = local.GetElapsedTime(sample.Asked, sample.Answered);
        var anchor = Volatile.Read(ref _anchor);
        var own = anchor.Time + local.GetElapsedTime(anchor.Timestamp, sample.Answered);
        if (own >= sample.Time && own <= sample.Time + roundTrip)
            return TimeSpan.Zero;

        var likely = sample.Time + roundTrip / 2;
        Volatile.Write(ref _anchor, new Anchor(likely, sample.Answered));
        return likely - own;
    }

    private sealed record Anchor(DateTimeOffset Time, long Timestamp);
}

/// <summary>What the database's clock said, and the timestamps of this machine around it.</summary>
internal readonly record struct ClockSample(DateTimeOffset Time, long Asked, long Answered);

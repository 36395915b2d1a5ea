namespace Webhooks.Core.Lanes;

/// <summary>
/// A throttle rate as pacing: the generic cell rate algorithm (ITU-T I.371) with one stored time, the theoretical arrival time of
/// the next delivery. What is over the rate waits; nothing is dropped.
/// </summary>
/// <param name="Rate">Deliveries per second; null for no limit.</param>
/// <param name="Until">The theoretical arrival time, without a rate the time of the last delivery; null when nothing was sent yet.</param>
internal readonly record struct Pace(int? Rate, DateTimeOffset? Until)
{
    /// <summary>How much may leave at once: a tenth of a second's worth, or a single delivery where that is more.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    // Whole microseconds, as times are stored, so that nothing is lost between two claims; rounded up, so that the rate is exceeded by
    // one burst at most.
    private TimeSpan Interval => Rate is { } rate ? TimeSpan.FromMicroseconds((1_000_000L + rate - 1) / rate) : TimeSpan.Zero;

    private TimeSpan Tolerance => Interval > Burst ? Interval : Burst;

    /// <summary>The same, but no faster than <paramref name="rate"/>; null for no further limit.</summary>
    public Pace AtMost(int? rate) => rate < (Rate ?? int.MaxValue) ? this with { Rate = rate } : this;

    /// <summary>How many deliveries may leave now.</summary>
    public int Allowed(DateTimeOffset now) =>
        Rate is null ? int.MaxValue : (int)Math.Max(0, (Tolerance - (Latest(now) - now)).Ticks / Interval.Ticks);

    /// <summary>The pace after <paramref name="sent"/> deliveries left.</summary>
    public Pace After(int sent, DateTimeOffset now) => sent == 0 ? this : this with { Until = Latest(now) + sent * Interval };

    /// <summary>When the next delivery may leave.</summary>
    public DateTimeOffset NextAt(DateTimeOffset now) => Rate is null || Allowed(now) > 0 ? now : Until!.Value + Interval - Tolerance;

    private DateTimeOffset Latest(DateTimeOffset now) => Until is { } until && until > now ? until : now;
}

namespace Webhooks.Core.Data;

/// <summary>Times are stored and compared in whole microseconds: the finest that every engine keeps.</summary>
internal static class UnixMicroseconds
{
    public static long ToUnixMicroseconds(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The clock's time, cut to what the database keeps, so that a value written and read again is equal.</summary>
    public static DateTimeOffset GetUtcMicroseconds(this TimeProvider clock) => ToTime(clock.GetUtcNow().ToUnixMicroseconds());
}

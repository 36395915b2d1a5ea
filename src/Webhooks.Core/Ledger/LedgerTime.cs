using System.Globalization;

namespace Webhooks.Core.Ledger;

/// <summary>The hours and days of the books, which are those of UTC.</summary>
internal static class LedgerTime
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How long after its end a day is closed: filtered deliveries of its last hour are counted for an hour longer.</summary>
    private static readonly TimeSpan ClosedAfter = TimeSpan.FromHours(2);

    /// <summary>From when on a day is closed: nothing that its seal says can change any more.</summary>
    public static DateTimeOffset ClosedAt(DateTimeOffset day) => day + Day + ClosedAfter;

    public static DateTimeOffset HourOf(DateTimeOffset time) => Floor(time, Hour);

    public static DateTimeOffset DayOf(DateTimeOffset time) => Floor(time, Day);

    public static string NameOf(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset OfName(string day) =>
        DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan unit) =>
        new(time.UtcTicks - time.UtcTicks % unit.Ticks, TimeSpan.Zero);
}

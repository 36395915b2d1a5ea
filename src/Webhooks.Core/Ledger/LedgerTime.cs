using System.Globalization;

namespace Webhooks.Core.Ledger;

/// <summary>The hours and days of the books, which are those of UTC.</summary>
internal static class LedgerTime
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static DateTimeOffset HourOf(DateTimeOffset time) => Floor(time, Hour);

    public static DateTimeOffset DayOf(DateTimeOffset time) => Floor(time, Day);

    public static string NameOf(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset OfName(string day) =>
        DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan unit) =>
        new(time.UtcTicks - time.UtcTicks % unit.Ticks, TimeSpan.Zero);
}

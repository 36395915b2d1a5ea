namespace Webhooks.Core.Ledger;

/// <summary>The hours and days of the books, which are those of UTC.</summary>
internal static class LedgerTime
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static DateTimeOffset HourOf(DateTimeOffset time) => Floor(time, Hour);

    public static DateTimeOffset DayOf(DateTimeOffset time) => Floor(time, Day);

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan unit) =>
        new(time.UtcTicks - time.UtcTicks % unit.Ticks, TimeSpan.Zero);
}

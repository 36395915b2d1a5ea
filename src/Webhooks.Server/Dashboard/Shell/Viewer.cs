using System.Globalization;

namespace Webhooks.Server.Dashboard.Shell;

/// <summary>The person's own view of time and light. One for each page that is open; filled when it has told them.</summary>
internal sealed class Viewer(TimeProvider clock)
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>The person switched the theme.</summary>
    public event Action? Changed;

    public bool IsDark { get; set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public void Switch()
    {
        IsDark = !IsDark;
        Changed?.Invoke();
    }

    public void SetZone(string id) => _zone = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>To the second, with the zone's offset.</summary>
    public string Exact(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone).ToString("yyyy-MM-dd HH:mm:ss zzz", null);

    /// <summary>An hour of the last weeks: <c>Tue 24 Nov, 14:00</c>.</summary>
    public string Hour(DateTimeOffset hour) => Local(hour).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Its day and minute in the person's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone);

    /// <summary>What a clock on the person's wall means.</summary>
    public DateTimeOffset OfLocal(DateTime wall) => new(wall, _zone.GetUtcOffset(wall));

    /// <summary>How long ago, or how soon: <c>3 min ago</c>, <c>in 2 h</c>.</summary>
    public string Relative(DateTimeOffset time)
    {
        var distance = time - Now;
        return distance.Duration() < TimeSpan.FromSeconds(1) ? "now"
            : distance > TimeSpan.Zero ? $"in {Spans.Nearest(distance)}" : $"{Spans.Short(distance.Duration())} ago";
    }
}

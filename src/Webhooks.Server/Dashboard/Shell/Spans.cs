using System.Globalization;

namespace Webhooks.Server.Dashboard.Shell;

/// <summary>Lengths of time and sizes as people read them.</summary>
internal static class Spans
{
    /// <summary>In its largest unit, rounded down: <c>45 s</c>, <c>3 min</c>, <c>2 h</c>, <c>5 d</c>.</summary>
    public static string Short(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} d",
    };

    /// <summary>In its largest unit, the nearest number of them: what was put off for four hours a moment ago is still four hours off.</summary>
    public static string Nearest(TimeSpan span) => Short(span + span switch
    {
        { TotalMinutes: < 1 } => TimeSpan.FromSeconds(0.5),
        { TotalHours: < 1 } => TimeSpan.FromMinutes(0.5),
        { TotalDays: < 2 } => TimeSpan.FromHours(0.5),
        _ => TimeSpan.FromDays(0.5),
    });

    /// <summary>Of a request: <c>0.4 ms</c>, <c>87 ms</c>, <c>1.32 s</c>.</summary>
    public static string Precise(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.#} ms"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##} s"),
    };

    /// <summary>With separators: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Short: <c>12.3 k</c>, <c>1.2 M</c>.</summary>
    public static string Brief(long count) => count switch
    {
        < 10_000 => Count(count),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1_000.0:0.#} k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1_000_000.0:0.#} M"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_024 => $"{bytes} B",
        < 1_048_576 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MiB"),
    };
}

using System.Globalization;

namespace Webhooks.Server.Dashboard.Settings;

/// <summary>What is typed, as the API takes it. What is no number goes there as it is, so that its own sentence comes back.</summary>
internal static class Typed
{
    private static readonly char[] Separators = ['\n', ','];

    public static object? Number(string text) =>
        Text(text) is not { } given ? null
        : int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : given;

    /// <summary>Null for nothing.</summary>
    public static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Each on its line or between commas; null for nothing.</summary>
    public static string[]? Lines(string text) =>
        text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } lines ? lines : null;
}

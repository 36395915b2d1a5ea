namespace Webhooks.Server.Dashboard.Parts;

/// <summary>How far back a list goes, in the words of its address.</summary>
internal static class Periods
{
    private static readonly (string Word, string Text, TimeSpan Length)[] All =
    [
        ("1h", "Last hour", TimeSpan.FromHours(1)), ("1d", "Last 24 hours", TimeSpan.FromDays(1)),
        ("7d", "Last 7 days", TimeSpan.FromDays(7)), ("30d", "Last 30 days", TimeSpan.FromDays(30)),
    ];

    public static readonly IReadOnlyList<(string Word, string Text)> Choices = [.. All.Select(period => (period.Word, period.Text))];

    /// <summary>When the period begins; null for a word that is none, and for no word.</summary>
    public static DateTimeOffset? Start(string? word, DateTimeOffset now) =>
        All.Where(period => period.Word == word).Select(period => now - period.Length).Cast<DateTimeOffset?>().FirstOrDefault();

    /// <summary>What people read for it; null for a word that is none.</summary>
    public static string? Text(string? word) => All.FirstOrDefault(period => period.Word == word).Text;
}

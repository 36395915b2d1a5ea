using System.Globalization;
using System.Text.RegularExpressions;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>Sentences of the service that name times. They are written as <c>2026-01-31 12:00:00Z</c>, for all readers alike. Pure.</summary>
internal static partial class TimedText
{
    /// <summary>The text before each time, with that time; then the rest, with null.</summary>
    public static IReadOnlyList<(string Text, DateTimeOffset? Time)> Pieces(string text)
    {
        var (pieces, from) = (new List<(string, DateTimeOffset?)>(), 0);
        foreach (Match match in Times().Matches(text))
        {
            // What looks like a time and is none, such as one in a thirteenth month, stays as it was written.
            if (!DateTimeOffset.TryParseExact(match.Value, "u", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                continue;

            pieces.Add((text[from..match.Index], time));
            from = match.Index + match.Length;
        }

        pieces.Add((text[from..], null));
        return pieces;
    }

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}Z")]
    private static partial Regex Times();
}

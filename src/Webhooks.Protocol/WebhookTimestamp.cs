using System.Globalization;

namespace Webhooks.Protocol;

/// <summary>The text of <see cref="WebhookHeaders.Timestamp"/>: whole seconds since the Unix epoch, in decimal digits.</summary>
public static class WebhookTimestamp
{
    /// <summary>Formats a time; fractions of a second are cut off.</summary>
    public static string Format(DateTimeOffset timestamp) => timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a time. Digits only: no sign, no blanks, no fraction.</summary>
    /// <returns>False when the text is missing, is anything else, or lies after the year 9999.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset timestamp)
    {
        timestamp = default;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxSeconds)
            return false;

        timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}

using System.Globalization;
using System.Text;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>
/// What others wrote, as it may stand in a text for people: in one line, of bounded length, and without characters that are not seen but
/// change what is. Each format escapes it once more in its own way.
/// </summary>
internal static class OneLine
{
    private const char Ellipsis = '…';

    public static string Of(string text, int maxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            // Format characters turn the direction of what follows, or hide:
            // https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
                continue;
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
                AppendBlank(line);
            else
                line.Append(rune);
            if (line.Length > maxLength)
                return Cut(line, maxLength);
        }

        return line.ToString().TrimEnd();
    }

    private static void AppendBlank(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] != ' ')
            line.Append(' ');
    }

    private static string Cut(StringBuilder line, int maxLength)
    {
        var end = maxLength - 1;
        if (char.IsHighSurrogate(line[end - 1]))
            end--;
        return line.ToString(0, end).TrimEnd() + Ellipsis;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Webhooks.Core.Http.Parameters;

/// <summary>
/// Times as clients send them: RFC 3339, with any number of fraction digits up to nanoseconds; UTC where no offset is given.
/// </summary>
internal static partial class TimeText
{
    public const string Rule = "Must be a time as in RFC 3339, such as 2026-01-31T12:00:00Z.";

    private const DateTimeStyles UtcUnlessSaid = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null
            && Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, UtcUnlessSaid, out time);
    }

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})?\z", RegexOptions.ECMAScript)]
    private static partial Regex Rfc3339();
}

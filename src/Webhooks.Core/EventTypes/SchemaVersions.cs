namespace Webhooks.Core.EventTypes;

/// <summary>Which of an event type's schemas counts.</summary>
internal static class SchemaVersions
{
    /// <summary>
    /// The highest number; where no version is one, the last in ordinal order. A number comes before every other name: <c>2</c>, not
    /// <c>draft</c>.
    /// </summary>
    /// <returns>Null when there are none.</returns>
    public static string? Highest(IReadOnlyCollection<string> versions)
    {
        var numbers = versions.Where(version => version.Length > 0 && version.All(char.IsAsciiDigit));
        return numbers.OrderBy(Digits).ThenBy(version => version.TrimStart('0'), StringComparer.Ordinal).LastOrDefault()
            ?? versions.Order(StringComparer.Ordinal).LastOrDefault();
    }

    // However long: more digits are a higher number.
    private static int Digits(string number) => number.TrimStart('0').Length;
}

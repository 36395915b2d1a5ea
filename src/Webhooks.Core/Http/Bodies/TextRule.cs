using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Webhooks.Core.Http.Bodies;

/// <summary>What a text may be: length, characters, and the id prefix that it must not look like.</summary>
/// <param name="IsForPeople">Whether somebody is to read it: then there must be something to be seen.</param>
internal sealed partial record TextRule(
    int Min, int Max, bool IsWord = false, string? ForbiddenPrefix = null, bool IsForPeople = false)
{
    public static readonly TextRule Name = new(1, 4_096);
    public static readonly TextRule Description = new(0, 65_536);
    public static readonly TextRule EventType = new(1, 256, IsWord: true);
    public static readonly TextRule Channel = new(1, 128, IsWord: true);

    /// <summary>A client's own id. It must not look like one of ours, or a path slot that takes both would be ambiguous.</summary>
    public static TextRule Uid(string prefix) => new(1, 256, IsWord: true, prefix);

    /// <summary>The sentence that names the broken rule; null for none.</summary>
    public string? FindFault(string text)
    {
        if (text.Length < Min || text.Length > Max)
            return string.Create(CultureInfo.InvariantCulture, $"Must have {Min:N0} to {Max:N0} characters.");
        if (text.Contains('\0', StringComparison.Ordinal))
            return "Must not contain the NUL character.";
        if (IsForPeople && !text.EnumerateRunes().Any(IsVisible))
            return "Must have a visible character.";
        if (IsWord && !Word().IsMatch(text))
            return "Must consist of letters a-z and A-Z, digits, and the characters - _ . only.";
        if (ForbiddenPrefix is not null && text.StartsWith(ForbiddenPrefix, StringComparison.Ordinal))
            return $"Must not start with '{ForbiddenPrefix}', which marks the service's own ids.";
        return null;
    }

    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_.]+\z")]
    private static partial Regex Word();
}

namespace Webhooks.Server.Startup;

/// <summary>
/// Settings on the command line behind a command: <c>--Webhooks:DataDirectory=/data</c>, or the same in two words. They are read with all other
/// configuration; here they are only told from words that nobody knows.
/// </summary>
internal static class SettingWords
{
    /// <summary>The first word that neither is a setting nor belongs to one; null where all do.</summary>
    public static string? FindOther(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i += IsJoined(words[i]) ? 1 : 2)
            if (Read(words, i) is var (word, value) && (!IsSetting(word) || value is null))
                return words[i];
        return null;
    }

    /// <summary>A word and its value, which is behind its sign of equality or in the next word; null where there is none.</summary>
    public static (string Word, string? Value) Read(IReadOnlyList<string> words, int index)
    {
        var word = words[index];
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (word, words.ElementAtOrDefault(index + 1)) : (word[..at], word[(at + 1)..]);
    }

    public static bool IsJoined(string word) => word.Contains('=', StringComparison.Ordinal);

    public static bool IsSetting(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && (word.Contains(':', StringComparison.Ordinal) || word is "--environment");
}

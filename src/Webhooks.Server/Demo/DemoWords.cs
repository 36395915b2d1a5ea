using System.Globalization;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Demo;

/// <summary>What follows <c>demo</c> on the command line, beside settings.</summary>
/// <param name="Seed">Where chance begins; the same seed makes the same week, but for ids and keys.</param>
/// <param name="Until">When the week ends.</param>
internal sealed record DemoWords(int Seed, DateTimeOffset Until)
{
    private const string SeedWord = "--seed";
    private const string UntilWord = "--until";
    private const int DefaultSeed = 7;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <exception cref="StartupException">A word is not known, or its value can't be read.</exception>
    public static DemoWords Read(IReadOnlyList<string> words, DateTimeOffset now)
    {
        var read = new DemoWords(DefaultSeed, now);
        for (var i = 0; i < words.Count; i += SettingWords.IsJoined(words[i]) ? 1 : 2)
        {
            var (word, value) = SettingWords.Read(words, i);
            read = word switch
            {
                SeedWord => read with { Seed = ReadSeed(value) },
                UntilWord => read with { Until = ReadUntil(value, now) },
                _ when SettingWords.IsSetting(word) && value is not null => read, // read already, with all other configuration
                _ => throw new StartupException(
                    $"'{DemoCommand.Name}' may be followed by {SeedWord} <number>, {UntilWord} <time> and settings such as "
                    + $"--{DataDirectory.Setting}=<folder>; '{word}' is none of them."),
            };
        }

        return read;
    }

    private static int ReadSeed(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new StartupException($"{SeedWord} must be followed by a number from 0 to {int.MaxValue:N0}; '{text}' is none.");

    private static DateTimeOffset ReadUntil(string? text, DateTimeOffset now) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var until) && until <= now
        && until.Year >= 2000
            ? until
            : throw new StartupException(
                $"{UntilWord} must be followed by a time such as 2026-01-31T18:00:00Z that is not to come; '{text}' is none.");
}

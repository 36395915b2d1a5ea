using System.Text.Json;

namespace Webhooks.Deploy.Tests;

/// <summary>deploy/Dockerfile, as far as it can be followed without Docker.</summary>
internal static class Dockerfile
{
    public const string File = "deploy/Dockerfile";

    /// <summary>Each as its words.</summary>
    private static readonly string[][] Instructions =
        [.. Repository.Read(File).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0)];

    /// <summary>What is copied from the repository.</summary>
    public static IEnumerable<string> CopiedSources =>
        Of("COPY").Where(words => !words[0].StartsWith("--from", StringComparison.Ordinal)).SelectMany(words => words[..^1]);

    public static IEnumerable<string> BaseImages => Of("FROM").Select(words => words[0]);

    /// <summary>The arguments of <c>dotnet publish</c>, by the folder of the image that they fill.</summary>
    public static IReadOnlyDictionary<string, string[]> Publishes =>
        Of("RUN").Where(words => words is ["dotnet", "publish", ..])
            .ToDictionary(words => words[Array.IndexOf(words, "--output") + 1], words => words[1..]);

    /// <summary>How the stage's container is started.</summary>
    public static string[] EntryPoint(string stage) =>
        JsonSerializer.Deserialize<string[]>(string.Join(' ', Of("ENTRYPOINT", stage).Single()))!;

    public static Dictionary<string, string?> Environment(string stage) =>
        Of("ENV", stage).SelectMany(words => words).Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]);

    public static string User(string stage) => Of("USER", stage).Single()[0];

    private static IEnumerable<string[]> Of(string instruction, string? stage = null)
    {
        var current = "";
        foreach (var words in Instructions)
        {
            if (words[0] == "FROM")
                current = words[^1];
            if (words[0] == instruction && (stage is null || stage == current))
                yield return words[1..];
        }
    }
}

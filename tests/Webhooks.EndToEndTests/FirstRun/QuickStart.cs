using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.FirstRun;

/// <summary>README's quick start, read from README: what it shows is what is tested.</summary>
internal static class QuickStart
{
    private const string Heading = "## Quick start";

    /// <summary>The address that README writes.</summary>
    public const string Address = "http://localhost:8080";

    /// <summary>Its lines that begin with curl.</summary>
    public static IReadOnlyList<string> CurlLines { get; } =
        [.. CodeBlocks(File.ReadAllLines(Path.Combine(BuildPaths.RepositoryRoot, "README.md"))).Where(line => line.StartsWith("curl ", StringComparison.Ordinal))];

    private static IEnumerable<string> CodeBlocks(IEnumerable<string> readme)
    {
        var inside = false;
        foreach (var line in readme.SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```bash";
            else if (inside)
                yield return line;
        }
    }
}

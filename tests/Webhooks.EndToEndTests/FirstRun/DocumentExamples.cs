using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.FirstRun;

/// <summary>The examples of a document, by language, each as it is written there.</summary>
internal static class DocumentExamples
{
    private const string Fence = "```";

    public static IReadOnlyList<string> Read(string document, string language)
    {
        var examples = new List<string>();
        List<string>? open = null;
        foreach (var line in File.ReadLines(Path.Combine(BuildPaths.RepositoryRoot, "docs", document)))
        {
            if (open is null)
                open = line == Fence + language ? [] : line.StartsWith(Fence, StringComparison.Ordinal) ? Skipped : null;
            else if (line != Fence)
                open.Add(line);
            else
            {
                if (open != Skipped)
                    examples.Add(string.Join('\n', open));
                open = null;
            }
        }

        return examples;
    }

    // A block of another language: its lines belong to no example.
    private static readonly List<string> Skipped = [];
}

using System.Text.RegularExpressions;

namespace Webhooks.Deploy.Tests;

/// <summary>A promise that names a test which is not there is a promise that nothing shows.</summary>
public sealed partial class GuaranteesTests
{
    private const string Page = "docs/guarantees.md";
    private const int LeastTests = 25;

    [Fact]
    public void Guarantees_EveryTestThatIsNamed_Exists()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file)!, File.ReadAllText);

        var named = Named().Matches(Repository.Read(Page)).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value)).ToList();

        named.Count.ShouldBeGreaterThanOrEqualTo(LeastTests);
        named.Where(test => !sources[test.Class].Any(source => IsTest(source, test.Method))).ShouldBeEmpty();
    }

    [Fact]
    public void Guarantees_EveryParagraphWithAPromise_NamesATestOrSaysThatThereIsNone()
    {
        var unshown = Repository.Read(Page).Split("\n\n").Where(paragraph => Promise().IsMatch(paragraph))
            .Where(paragraph => !Named().IsMatch(paragraph) && !paragraph.Contains("No test", StringComparison.Ordinal)).ToList();

        unshown.ShouldBeEmpty();
    }

    private static bool IsTest(string source, string method) =>
        Regex.IsMatch(source, $@"\[(Fact|Theory)[^\r\n]*\][\s\S]{{0,2000}}?public (async )?(Task|void) {method}\(");

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Named();

    // A promise begins with its sentence in bold; what can't be promised says so in its first words.
    [GeneratedRegex(@"^\*\*(?!No order|What (this|it) can't|Failover)[^*]+\*\*")]
    private static partial Regex Promise();
}

using System.Text.RegularExpressions;
using Webhooks.Server.Tests.Documents;

namespace Webhooks.Deploy.Tests;

/// <summary>A setting that nobody reads is a typing error that nobody sees.</summary>
public sealed partial class SettingsTests
{
    public static TheoryData<string, string> Variables => [.. Used().Select(used => (used.File, used.Variable))];

    [Theory]
    [MemberData(nameof(Variables))]
    public void Variable_OfADeployFile_IsASettingOfTheServer(string file, string variable)
    {
        var key = ListIndex().Replace(variable.Replace("__", ":", StringComparison.Ordinal), "");

        Known().ShouldContain(key, $"{file} sets {variable}, which nothing reads.");
    }

    [Fact]
    public void Variables_OfTheDeployFiles_AreFound() => Used().Count().ShouldBeGreaterThan(10);

    private static IEnumerable<string> Known() =>
        SettingsTable.Sections.SelectMany(found => found.Type.GetProperties().Select(property => $"{found.Section}:{property.Name}"));

    private static IEnumerable<(string File, string Variable)> Used() =>
        Repository.DeployFiles
            .SelectMany(file => Variable().Matches(Repository.Read(file)).Select(match => (file, match.Value)))
            .Distinct();

    [GeneratedRegex(@"\b(Webhooks|ConnectionStrings)__[A-Za-z0-9_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@":\d+$")]
    private static partial Regex ListIndex();
}

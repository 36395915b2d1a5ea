using System.Text.Json;

namespace Webhooks.Deploy.Tests;

/// <summary>Every file can be read by what it is for.</summary>
public sealed class FormatTests
{
    public static TheoryData<string> YamlFiles => [.. Ending(".yml", ".yaml")];

    public static TheoryData<string> JsonFiles => [.. Ending(".json")];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Yaml_OfADeployFile_Parses(string file) => Repository.Yaml(file).ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void Json_OfADeployFile_Parses(string file)
    {
        using var json = JsonDocument.Parse(Repository.Read(file));

        json.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    private static IEnumerable<string> Ending(params string[] endings) =>
        Repository.DeployFiles.Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));
}

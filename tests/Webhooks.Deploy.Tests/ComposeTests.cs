using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Webhooks.Deploy.Tests;

/// <summary>What docker-compose.yml refers to is there.</summary>
public sealed partial class ComposeTests
{
    private const string File = "docker-compose.yml";

    private readonly YamlMappingNode _compose = Repository.Yaml(File).Single();

    private Dictionary<string, YamlNode> Services => _compose.Map("services");

    [Theory]
    [InlineData("database")]
    [InlineData("node1")]
    [InlineData("node2")]
    [InlineData("subscriber")]
    public void Service_OfTheSmallestWhole_IsThere(string name) => Services.Keys.ShouldContain(name);

    [Fact]
    public void Builds_NameAStageOfTheDockerfile()
    {
        var builds = Services.Values.Select(YamlNodes.Entries)
            .Select(service => service.GetValueOrDefault("build")).OfType<YamlNode>().ToList();

        builds.Count.ShouldBe(3);
        foreach (var build in builds)
        {
            Repository.Exists(build.Text("context")!).ShouldBeTrue();
            Repository.Read(build.Text("dockerfile")!).ShouldContain($" AS {build.Text("target")}\n");
        }
    }

    [Fact]
    public void DependsOn_NamesServicesThatTellWhetherTheyAreHealthy()
    {
        var needed = Services.Values.SelectMany(service => service.Map("depends_on").Keys).ToList();

        needed.ShouldNotBeEmpty();
        needed.ShouldAllBe(name => YamlNodes.Entries(Services[name]).ContainsKey("healthcheck"));
    }

    [Fact]
    public void Volumes_AreDeclaredOrFilesOfTheRepository()
    {
        var declared = _compose.Map("volumes").Keys;
        var mounted = Services.Values.SelectMany(service => service.List("volumes"))
            .Select(volume => volume.ToString().Split(':')[0]).ToList();

        mounted.ShouldNotBeEmpty();
        mounted.ShouldAllBe(source => source.StartsWith('.') ? Repository.Exists(source) : declared.Contains(source));
    }

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("deploy/docker-compose.postgres.yml")]
    public void Secrets_AllComeFromTheGeneratedFile(string file)
    {
        var generated = Assignment().Matches(Repository.Read("deploy/generate-env.sh")).Select(match => match.Groups[1].Value);
        var used = Substitution().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value).ToList();

        used.ShouldNotBeEmpty();
        used.ShouldBeSubsetOf(generated);
    }

    [Fact]
    public void AllowedNetwork_IsThatOfTheseContainers()
    {
        var subnet = _compose.Map("networks")["default"].Map("ipam")["config"].AllNodes.OfType<YamlMappingNode>().Single().Text("subnet");

        Services["node1"].Map("environment")["Webhooks__Delivery__AllowedNetworks__0"].ToString().ShouldBe(subnet);
    }

    [Fact]
    public void Postgres_OverridesOnlyServicesThatAreThere() =>
        Repository.Yaml("deploy/docker-compose.postgres.yml").Single().Map("services").Keys.ShouldBeSubsetOf(Services.Keys);

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Substitution();

    [GeneratedRegex(@"^(\w+)=", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}

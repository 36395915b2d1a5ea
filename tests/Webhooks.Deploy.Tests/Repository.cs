using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace Webhooks.Deploy.Tests;

/// <summary>The files that deploy the service.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RepositoryRoot").Value!;

    /// <summary>All of them, relative to the root; the sample subscriber's source is no configuration.</summary>
    public static IReadOnlyList<string> DeployFiles { get; } =
    [
        "docker-compose.yml",
        .. Below("deploy").Where(file => !file.StartsWith("deploy/subscriber/", StringComparison.Ordinal)),
        .. Below(".github"),
    ];

    public static string Read(string file) => File.ReadAllText(PathOf(file));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static bool Exists(string file) => Path.Exists(PathOf(file));

    public static IReadOnlyList<YamlMappingNode> Yaml(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Read(file)));
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
}

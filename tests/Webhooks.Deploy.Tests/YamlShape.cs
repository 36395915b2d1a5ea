using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Webhooks.Deploy.Tests;

/// <summary>What a part of a YAML file may look like, where no library knows it. What is not allowed is a fault.</summary>
internal sealed class YamlShape
{
    private readonly Func<YamlNode, string, IEnumerable<string>> _find;

    private YamlShape(Func<YamlNode, string, IEnumerable<string>> find) => _find = find;

    /// <summary>A value that the whole of the pattern fits.</summary>
    public static YamlShape Text(string pattern = "[\\s\\S]*") => new((node, path) =>
        node is YamlScalarNode { Value: { } text } && Regex.IsMatch(text, $"^(?:{pattern})$")
            ? []
            : [$"{path}: '{node}' is not {pattern}"]);

    public static YamlShape List(YamlShape item) => new((node, path) => node is YamlSequenceNode list
        ? list.Children.SelectMany((child, place) => item._find(child, $"{path}[{place}]"))
        : [$"{path} is no list"]);

    /// <summary>A mapping with these fields, none of which need be there. Fields that begin with <c>x-</c> are anybody's.</summary>
    public static YamlShape Map(params IReadOnlyList<(string Name, YamlShape Shape)> fields)
    {
        var known = fields.ToDictionary(field => field.Name, field => field.Shape, StringComparer.Ordinal);
        return new((node, path) => node is YamlMappingNode
            ? YamlNodes.Entries(node).Where(entry => !entry.Key.StartsWith("x-", StringComparison.Ordinal)).SelectMany(entry => known
                .TryGetValue(entry.Key, out var shape) ? shape._find(entry.Value, $"{path}.{entry.Key}") : [$"{path} has no '{entry.Key}'"])
            : [$"{path} is no mapping"]);
    }

    /// <summary>A mapping of any names.</summary>
    public static YamlShape Each(YamlShape value) => new((node, path) => node is YamlMappingNode
        ? YamlNodes.Entries(node).SelectMany(entry => value._find(entry.Value, $"{path}.{entry.Key}"))
        : [$"{path} is no mapping"]);

    /// <summary>This, or nothing at all.</summary>
    public YamlShape OrEmpty() => new((node, path) => node is YamlScalarNode { Value: null or "" } ? [] : _find(node, path));

    /// <returns>What is wrong, with its place; empty when all is well.</returns>
    public IReadOnlyList<string> FindFaults(YamlNode root) => [.. _find(root, "")];
}

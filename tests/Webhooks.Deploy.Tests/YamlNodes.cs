using YamlDotNet.RepresentationModel;

namespace Webhooks.Deploy.Tests;

/// <summary>Short ways through YAML.</summary>
internal static class YamlNodes
{
    /// <summary>The entries of a mapping, merged ones (<c>&lt;&lt;</c>) included; none when there is nothing of that name.</summary>
    public static Dictionary<string, YamlNode> Map(this YamlNode node, string name) =>
        node is YamlMappingNode map && map.Children.TryGetValue(name, out var child) ? Entries(child) : [];

    public static IEnumerable<YamlNode> List(this YamlNode node, string name) =>
        Entries(node).TryGetValue(name, out var child) && child is YamlSequenceNode list ? list.Children : [];

    public static string? Text(this YamlNode node, string name) =>
        Entries(node).TryGetValue(name, out var child) && child is YamlScalarNode { Value: { } text } ? text : null;

    public static Dictionary<string, YamlNode> Entries(YamlNode node)
    {
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        if (node is not YamlMappingNode map)
            return entries;

        if (map.Children.TryGetValue("<<", out var merged))
            entries = Entries(merged);
        foreach (var (key, value) in map.Children)
            entries[((YamlScalarNode)key).Value!] = value;
        entries.Remove("<<"); // what it names is in its place
        return entries;
    }
}

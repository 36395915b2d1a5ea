using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Webhooks.Server.Tests.Documents;

/// <summary>The XML documentation of an assembly's members, as Markdown in one line.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = [];

    public XmlDocs(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            foreach (var member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
                _members[member.Attribute("name")!.Value] = member;
        }
    }

    public string Of(Type type, string element) => Text($"T:{type.FullName}", element);

    public string Of(PropertyInfo property, string element) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}", element);

    private string Text(string member, string element) =>
        _members.TryGetValue(member, out var documented) && documented.Element(element) is { } found
            ? Spaces().Replace(string.Concat(found.Nodes().Select(Markdown)), " ").Trim()
            : throw new InvalidOperationException($"{member} has no <{element}> in its XML documentation.");

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal),
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement other => string.Concat(other.Nodes().Select(Markdown)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

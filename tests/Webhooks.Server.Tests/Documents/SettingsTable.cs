using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Webhooks.Server.Tests.Documents;

/// <summary>Every options class of the server as a table: what it says about itself, and the defaults that an instance has.</summary>
internal static class SettingsTable
{
    /// <summary>Options classes are known by the constant that names their section.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Sections { get; } =
        [.. Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Section: SectionOf(type), Type: type)).Where(found => found.Section.Length > 0)
            .OrderBy(found => found.Section, StringComparer.Ordinal)];

    public static string Render()
    {
        var docs = new XmlDocs(Assemblies());
        var text = new StringBuilder();
        foreach (var (section, type) in Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"### `{section}`\n\n{docs.Of(type, "summary")}\n\n");
            text.Append("| setting | default | values | meaning |\n| --- | --- | --- | --- |\n");
            var defaults = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties())
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{section}:{property.Name}` | {Show(property.GetValue(defaults))} ");
                text.Append(CultureInfo.InvariantCulture, $"| {docs.Of(property, "value")} | {docs.Of(property, "summary")} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private static string SectionOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string ?? "";

    private static string Show(object? value) => value switch
    {
        null => "unset",
        bool flag => flag ? "`true`" : "`false`",
        string text => $"`{text}`",
        IEnumerable list => list.Cast<object>().Any() ? string.Join(", ", list.Cast<object>().Select(Show)) : "none",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static IEnumerable<Assembly> Assemblies()
    {
        var server = typeof(Jobs.DeliveryServer).Assembly;
        return server.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Webhooks.", StringComparison.Ordinal))
            .Select(Assembly.Load).Prepend(server);
    }
}

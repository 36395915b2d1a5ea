using System.Reflection;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Telemetry;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Documents;

/// <summary>
/// The tables of <c>docs/operations.md</c> are what the code says. Run with <c>WEBHOOKS_WRITE_DOCUMENTS=1</c> to write them anew.
/// </summary>
public sealed class OperationsDocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string WriteVariable = "WEBHOOKS_WRITE_DOCUMENTS";

    private static readonly string Document = Path.Combine(RepositoryRoot(), "docs", "operations.md");

    [Fact]
    public async Task Settings_InTheDocument_AreThoseOfTheOptionsClasses() => await CompareAsync("settings", SettingsTable.Render());

    [Fact]
    public async Task Metrics_InTheDocument_AreTheInstruments() => await CompareAsync("metrics", MetricsTable.Render(host));

    [Fact]
    public void Sections_OfCoreAndServer_AreAmongThoseFound() =>
        new[] { DeliveryOptions.Section, TelemetryOptions.Section }.ShouldBeSubsetOf(SettingsTable.Sections.Select(found => found.Section));

    private static string RepositoryRoot() =>
        typeof(OperationsDocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot").Value!;

    private static async Task CompareAsync(string block, string rendered)
    {
        var (begin, end) = ($"<!-- {block}: generated from the code -->\n", $"\n<!-- {block}: end -->");
        var text = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        from.ShouldBeGreaterThanOrEqualTo(begin.Length, $"{Document} has no line '{begin.Trim()}'.");
        to.ShouldBeGreaterThanOrEqualTo(from, $"{Document} has no line '{end.Trim()}'.");

        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllTextAsync(Document, text[..from] + rendered + text[to..], TestContext.Current.CancellationToken);
        else
            text[from..to].ShouldBe(rendered, $"Run this test with {WriteVariable}=1 to write the block anew.");
    }
}

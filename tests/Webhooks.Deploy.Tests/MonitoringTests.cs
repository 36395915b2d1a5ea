using System.Reflection;
using System.Text.RegularExpressions;
using Webhooks.Core.Telemetry;

namespace Webhooks.Deploy.Tests;

/// <summary>A dashboard or an alert on a metric that does not exist shows that all is well.</summary>
public sealed partial class MonitoringTests
{
    private const string Alerts = "deploy/prometheus/alerts.yml";
    private const string Dashboard = "deploy/grafana/webhooks.json";

    public static TheoryData<string> Files => [Alerts, Dashboard, "deploy/kubernetes/worker.yaml", "deploy/kubernetes/monitoring.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Metrics_OfAFile_AreThoseOfTheMeter(string file)
    {
        var used = Metric().Matches(Repository.Read(file)).Select(match => match.Value).Distinct().ToList();

        used.ShouldNotBeEmpty();
        used.ShouldBeSubsetOf(PrometheusNames.Series);
    }

    [Theory]
    [InlineData(Alerts)]
    [InlineData(Dashboard)]
    public void TagValues_OfAFile_AreThoseOfTheMeter(string file)
    {
        var known = typeof(Tags).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => (KeyValuePair<string, object?>)field.GetValue(null)!)
            .Select(tag => $"{tag.Key}={tag.Value}");
        var used = TagValue().Matches(Repository.Read(file)).Select(match => $"{match.Groups[1].Value}={match.Groups[2].Value}").ToList();

        used.ShouldNotBeEmpty();
        used.ShouldBeSubsetOf(known);
    }

    [Fact]
    public void Alerts_EachHaveARunbook()
    {
        var headings = Heading().Matches(Repository.Read("docs/operations.md"))
            .Select(match => "docs/operations.md#" + match.Groups[1].Value.ToLowerInvariant().Replace(' ', '-'));
        var alerts = Repository.Yaml(Alerts).Single().List("groups").SelectMany(group => group.List("rules")).ToList();

        alerts.Count.ShouldBeGreaterThanOrEqualTo(8);
        alerts.Select(alert => alert.Map("annotations")["runbook"].ToString()).ShouldBeSubsetOf(headings);
        alerts.Select(alert => alert.Map("labels")["severity"].ToString()).ShouldBeSubsetOf(["page", "ticket"]);
    }

    [Fact]
    public void Instruments_ThatTellOfTrouble_EachHaveAnAlert()
    {
        var alerts = Repository.Read(Alerts);

        PrometheusNames.Instruments.Keys.Where(TellsOfTrouble).Count().ShouldBe(7);
        PrometheusNames.Instruments.Keys.Where(TellsOfTrouble).ShouldAllBe(name => alerts.Contains(name));
    }

    private static bool TellsOfTrouble(string name) =>
        name.Contains("stranded") || name.Contains("swept") || name.Contains("unbalanced")
        || (name.EndsWith("_seconds", StringComparison.Ordinal) && !PrometheusNames.IsHistogram(PrometheusNames.Instruments[name]));

    [GeneratedRegex(@"\bwebhooks_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\b(outcome|state|reason|step)!?=~?\\?""(\w+)")]
    private static partial Regex TagValue();

    [GeneratedRegex(@"^###? ([A-Za-z ]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

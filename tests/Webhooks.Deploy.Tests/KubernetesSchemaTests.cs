using k8s;
using YamlDotNet.Core;

namespace Webhooks.Deploy.Tests;

/// <summary>
/// The manifests read into the types of Kubernetes' own API, unknown fields refused. What belongs to kustomize and to the operator of
/// Prometheus is none of these, and held against a list of its fields.
/// </summary>
public sealed class KubernetesSchemaTests
{
    private const string Folder = "deploy/kubernetes/", Api = Folder + "api.yaml", Monitoring = Folder + "monitoring.yaml";

    private static readonly YamlShape Names = YamlShape.Each(YamlShape.Text());

    private static readonly YamlShape Kustomization = YamlShape.Map(
        ("apiVersion", YamlShape.Text("kustomize\\.config\\.k8s\\.io/v1beta1")), ("kind", YamlShape.Text("Kustomization")),
        ("resources", YamlShape.List(YamlShape.Text())),
        ("labels", YamlShape.List(YamlShape.Map(("pairs", Names), ("includeSelectors", YamlShape.Text("true|false"))))),
        ("images", YamlShape.List(YamlShape.Map(("name", YamlShape.Text()), ("newName", YamlShape.Text()), ("newTag", YamlShape.Text())))));

    private static readonly YamlShape PodMonitor = YamlShape.Map(
        ("apiVersion", YamlShape.Text("monitoring\\.coreos\\.com/v1")), ("kind", YamlShape.Text("PodMonitor")),
        ("metadata", YamlShape.Map(("name", YamlShape.Text()), ("labels", Names))),
        ("spec", YamlShape.Map(
            ("jobLabel", YamlShape.Text()), ("selector", YamlShape.Map(("matchLabels", Names))),
            ("podMetricsEndpoints", YamlShape.List(YamlShape.Map(
                ("port", YamlShape.Text()), ("path", YamlShape.Text("/.*")), ("interval", YamlShape.Text("\\d+(ms|s|m|h)")),
                ("authorization", YamlShape.Map(
                    ("type", YamlShape.Text("Bearer")),
                    ("credentials", YamlShape.Map(("name", YamlShape.Text()), ("key", YamlShape.Text())))))))))));

    public static TheoryData<string> Manifests =>
        [.. Repository.Yaml(Folder + "kustomization.yaml").Single().List("resources").Select(name => Folder + name)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Manifest_ReadStrictly_IsOfTheApi(string file) =>
        KubernetesYaml.LoadAllFromString(Repository.Read(file), strict: true).Count.ShouldBe(Repository.Yaml(file).Count);

    [Theory]
    [InlineData("periodSeconds: 5", "periodSecond: 5")]
    [InlineData("periodSeconds: 5", "periodSeconds: often")]
    [InlineData("kind: Deployment", "kind: Deploymend")]
    public void Manifest_WithAFault_IsRefused(string right, string wrong)
    {
        var text = Repository.Read(Api).Replace(right, wrong, StringComparison.Ordinal);

        var fault = Record.Exception(() => KubernetesYaml.LoadAllFromString(text, strict: true));

        (fault is YamlException or KeyNotFoundException).ShouldBeTrue(fault?.ToString() ?? "It was read.");
    }

    [Fact]
    public void Kustomization_HasNoFieldThatThereIsNot() =>
        Kustomization.FindFaults(Repository.Yaml(Folder + "kustomization.yaml").Single()).ShouldBeEmpty();

    [Fact]
    public void Monitoring_HasNoFieldThatThereIsNot()
    {
        var objects = Repository.Yaml(Monitoring);

        PodMonitor.FindFaults(objects[0]).ShouldBeEmpty();
        objects.Select(found => found.Text("kind")).ShouldBe(["PodMonitor", "ConfigMap"]);
    }
}

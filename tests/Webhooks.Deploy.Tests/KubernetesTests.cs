using YamlDotNet.RepresentationModel;

namespace Webhooks.Deploy.Tests;

/// <summary>The manifests refer to one another by names that are there.</summary>
public sealed class KubernetesTests
{
    private const string Folder = "deploy/kubernetes/";

    private static IEnumerable<string> Resources =>
        Repository.Yaml(Folder + "kustomization.yaml").Single().List("resources").Select(name => Folder + ((YamlScalarNode)name).Value);

    private static List<YamlMappingNode> Objects => [.. Resources.SelectMany(Repository.Yaml)];

    [Fact]
    public void Kustomization_NamesFilesThatAreThere() => Resources.ShouldAllBe(file => Repository.Exists(file));

    [Fact]
    public void Deployments_AreOneForEachRole() =>
        OfKind("Deployment").Select(Role).ShouldBe(["Api", "Worker", "Dashboard"], ignoreOrder: true);

    [Fact]
    public void Deployments_SelectTheirOwnPods()
    {
        foreach (var deployment in OfKind("Deployment"))
        {
            var labels = deployment.Map("spec")["template"].Map("metadata")["labels"];
            deployment.Map("spec")["selector"].Map("matchLabels").ShouldBe(YamlNodes.Entries(labels));
            labels.Text("app.kubernetes.io/component").ShouldBe(Role(deployment)!.ToLowerInvariant());
        }
    }

    [Fact]
    public void Probes_AskForAddressesThatTheServerHas()
    {
        string[] probes = ["startupProbe", "livenessProbe", "readinessProbe"];

        foreach (var container in OfKind("Deployment").Select(Container))
        {
            probes.Select(probe => container.Map(probe)["httpGet"].Text("path")).ShouldBe(
                [Server.Health.HealthServices.LivePath, Server.Health.HealthServices.LivePath, Server.Health.HealthServices.ReadyPath]);
        }
    }

    [Fact]
    public void Autoscalers_ScaleDeploymentsThatAreThere()
    {
        var scaled = OfKind("HorizontalPodAutoscaler").Select(scaler => scaler.Map("spec")["scaleTargetRef"].Text("name")).ToList();

        scaled.Count.ShouldBe(2);
        scaled.ShouldBeSubsetOf(OfKind("Deployment").Select(Name));
    }

    [Fact]
    public void Containers_WriteToTheirVolumesOnly() =>
        OfKind("Deployment").Select(Container).ShouldAllBe(container =>
            container.Map("securityContext")["readOnlyRootFilesystem"].ToString() == "true"
            && container.List("volumeMounts").Any(mount => mount.Text("mountPath") == "/data"));

    private static IEnumerable<YamlMappingNode> OfKind(string kind) => Objects.Where(found => found.Text("kind") == kind);

    private static string? Name(YamlMappingNode found) => found.Map("metadata")["name"].ToString();

    private static YamlNode Container(YamlMappingNode deployment) => deployment.Map("spec")["template"].Map("spec")["containers"][0];

    private static string? Role(YamlMappingNode deployment) =>
        Container(deployment).List("env").Single(variable => variable.Text("name") == "Webhooks__Roles__0").Text("value");
}

using YamlDotNet.RepresentationModel;

namespace Webhooks.Deploy.Tests;

/// <summary>
/// The Compose files have no element that the Compose specification does not know, and no value that it does not allow. No package has
/// its own schema, so this is the part of it that these files use: https://github.com/compose-spec/compose-spec/blob/main/spec.md.
/// </summary>
public sealed class ComposeSchemaTests
{
    private static readonly YamlShape Text = YamlShape.Text(), Texts = YamlShape.List(Text);

    private static readonly YamlShape Duration = YamlShape.Text("(\\d+(us|ms|s|m|h))+"), Flag = YamlShape.Text("true|false");

    private static readonly YamlShape Service = YamlShape.Map(
        ("build", YamlShape.Map(("context", Text), ("dockerfile", Text), ("target", Text), ("args", YamlShape.Each(Text)))),
        ("image", Text), ("command", Texts), ("entrypoint", Texts), ("profiles", Texts),
        ("restart", YamlShape.Text("no|always|unless-stopped|on-failure(:\\d+)?")),
        ("read_only", Flag), ("tmpfs", Texts), ("cap_add", Texts), ("cap_drop", Texts), ("security_opt", Texts),
        ("user", Text), ("stop_signal", Text), ("stop_grace_period", Duration),
        ("environment", YamlShape.Each(Text.OrEmpty())),
        ("healthcheck", YamlShape.Map(
            ("test", Texts), ("interval", Duration), ("timeout", Duration), ("start_period", Duration),
            ("start_interval", Duration), ("retries", YamlShape.Text("\\d+")), ("disable", Flag))),
        ("ports", YamlShape.List(YamlShape.Text("([\\d.]+:)?\\d+:\\d+(/(tcp|udp))?"))),
        ("depends_on", YamlShape.Each(YamlShape.Map(
            ("condition", YamlShape.Text("service_started|service_healthy|service_completed_successfully")),
            ("restart", Flag), ("required", Flag)))),
        ("configs", YamlShape.List(YamlShape.Map(
            ("source", Text), ("target", Text), ("uid", Text), ("gid", Text), ("mode", YamlShape.Text("0?[0-7]{3,4}"))))),
        ("volumes", YamlShape.List(YamlShape.Text("[^:]+:/[^:]*(:(ro|rw|z|Z))?"))),
        ("networks", Texts));

    private static readonly YamlShape File = YamlShape.Map(
        ("name", YamlShape.Text("[a-z0-9][a-z0-9_-]*")),
        ("services", YamlShape.Each(Service)),
        ("configs", YamlShape.Each(YamlShape.Map(("name", Text), ("content", Text), ("file", Text), ("environment", Text)))),
        ("volumes", YamlShape.Each(YamlShape.Map(("name", Text), ("driver", Text), ("external", Flag)).OrEmpty())),
        ("networks", YamlShape.Each(YamlShape.Map(
            ("name", Text), ("driver", Text), ("internal", Flag),
            ("ipam", YamlShape.Map(
                ("driver", Text),
                ("config", YamlShape.List(YamlShape.Map(("subnet", YamlShape.Text("[\\d.]+/\\d+")), ("gateway", Text))))))))));

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("deploy/docker-compose.postgres.yml")]
    public void File_ComparedWithTheSpecification_HasNoFault(string file) =>
        File.FindFaults(Repository.Yaml(file).Single()).ShouldBeEmpty();

    [Theory]
    [InlineData("read_only: true", "readonly: true", ".services.node1 has no 'readonly'")]
    [InlineData("condition: service_healthy", "condition: healthy", ".services.node1.depends_on.database.condition: 'healthy'")]
    [InlineData("interval: 10s", "interval: 10", ".services.node1.healthcheck.interval: '10'")]
    [InlineData("\"8080:8080\"", "\"8080\"", ".services.node1.ports[0]: '8080'")]
    public void File_WithAFault_IsToldOf(string right, string wrong, string told)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read("docker-compose.yml").Replace(right, wrong, StringComparison.Ordinal)));

        var faults = File.FindFaults(stream.Documents[0].RootNode);

        faults.ShouldContain(fault => fault.StartsWith(told, StringComparison.Ordinal));
    }
}

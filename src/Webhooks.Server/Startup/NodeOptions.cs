using Webhooks.Core.Nodes;

namespace Webhooks.Server.Startup;

/// <summary>What this process is. Configuration section <c>Webhooks</c>. Read once at start.</summary>
public sealed class NodeOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks";

    /// <summary>
    /// The folder of the embedded database, of its key ring and, in Development, of the first API key. With the embedded database one
    /// process at a time; with a server database nothing is kept there but that API key.
    /// </summary>
    /// <value>A path, relative to the folder that the server is started from; default <c>data</c>.</value>
    public string DataDirectory { get; init; } = "data";

    /// <summary>
    /// What this node does: <c>Api</c> takes requests; <c>Worker</c> claims, sends and records, sweeps and cleans up; <c>Dashboard</c> is for
    /// people. All nodes answer for their health. With the embedded database one process does all.
    /// </summary>
    /// <value>A list, or names with commas between them; default all.</value>
    public IReadOnlyList<string> Roles { get; init; } = ["Api", "Worker", "Dashboard"];

    /// <exception cref="StartupException">A role is none of those.</exception>
    internal static NodeRoles ReadRoles(IConfiguration configuration)
    {
        var section = configuration.GetSection($"{Section}:{nameof(Roles)}");
        var names = section.GetChildren().Select(child => child.Value).Append(section.Value)
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return names.Count == 0 ? NodeRoles.All : names.Aggregate(NodeRoles.None, (roles, name) => roles | ReadRole(name));
    }

    private static NodeRoles ReadRole(string name) =>
        new NodeOptions().Roles.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<NodeRoles>(name, ignoreCase: true)
            : throw new StartupException($"{Section}:{nameof(Roles)} may name Api, Worker and Dashboard; '{name}' is none of them.");
}

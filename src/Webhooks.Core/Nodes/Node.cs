namespace Webhooks.Core.Nodes;

/// <summary>A process of the service, as it announced itself.</summary>
internal sealed class Node
{
    /// <summary>How long a node may be silent before it counts as dead. It speaks up six times as often.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(1);

    /// <summary>What it writes into its leases and attempts; a restart is another node.</summary>
    public required string Name { get; init; }

    public required NodeRoles Roles { get; init; }

    /// <summary>Of the service's own code.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last wrote this, by the database's clock.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}

using System.Linq.Expressions;

namespace Webhooks.Core.Nodes;

/// <summary>A process of the service.</summary>
internal sealed record NodeOut
{
    /// <summary>Machine, process and a random part: attempts carry it, and a restart is another node.</summary>
    /// <example>web-1-4711-3f9a0c</example>
    public required string Name { get; init; }

    /// <summary>What it does: <c>api</c>, <c>worker</c>, <c>dashboard</c>.</summary>
    /// <example>["api", "worker"]</example>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The version of its code.</summary>
    /// <example>1.0.0</example>
    public required string Version { get; init; }

    /// <summary>Whether it was seen within the last minute. What a dead one was sending is taken over by the others.</summary>
    /// <example>true</example>
    public required bool Alive { get; init; }

    /// <summary>When it started.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last seen, by the database's clock.</summary>
    /// <example>2026-01-31T12:30:00.000000Z</example>
    public required DateTimeOffset SeenAt { get; init; }

    public static Expression<Func<Node, NodeOut>> Projection(DateTimeOffset now)
    {
        var deadline = now - Node.DeadAfter;
        return n => new NodeOut
        {
            Name = n.Name,
            Roles = Words(n.Roles),
            Version = n.Version,
            Alive = n.SeenAt >= deadline,
            StartedAt = n.StartedAt,
            SeenAt = n.SeenAt,
        };
    }

    private static string[] Words(NodeRoles roles) =>
        [.. new[] { NodeRoles.Api, NodeRoles.Worker, NodeRoles.Dashboard }.Where(role => roles.HasFlag(role)).Select(Word)];

    private static string Word(NodeRoles role) => role.ToString().ToLowerInvariant();
}

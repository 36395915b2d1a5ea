namespace Webhooks.Core.Nodes;

/// <summary>What a node does.</summary>
[Flags]
internal enum NodeRoles
{
    None = 0,

    /// <summary>Takes requests.</summary>
    Api = 1,

    /// <summary>Claims, sends and records; sweeps and cleans up.</summary>
    Worker = 2,

    /// <summary>Shows people what was attempted.</summary>
    Dashboard = 4,

    All = Api | Worker | Dashboard,
}

namespace Webhooks.Core.Nodes;

/// <summary>What this node says of itself.</summary>
internal sealed record NodeSelf(NodeRoles Roles, string Version);

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Core.Nodes;

internal static class NodeServices
{
    /// <summary>Announces this node. To be added before what claims: it is announced first then, and signs off last.</summary>
    public static IServiceCollection AddNodes(this IServiceCollection services, NodeRoles roles) => services
        .AddSingleton(new NodeSelf(roles, Version()))
        .AddHostedService<NodeHeartbeat>()
        .AddScoped<NodeSweep>()
        .AddScoped<NodeCleanup>();

    private static string Version() =>
        typeof(NodeServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}

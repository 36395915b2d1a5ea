using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Nodes;

/// <summary>Event ids 6100 to 6199.</summary>
internal static partial class NodesLog
{
    [LoggerMessage(6100, LogLevel.Warning, "This node could not say that it lives; after a minute the others take over what it sends")]
    public static partial void NotAnnounced(this ILogger logger, Exception fault);

    [LoggerMessage(6101, LogLevel.Warning, "This node could not sign off; it is listed as dead for a day")]
    public static partial void NotSignedOff(this ILogger logger, Exception fault);

    [LoggerMessage(6102, LogLevel.Warning, "Node {Node} was not seen for {Silence}; what it had leased is taken over")]
    public static partial void NodeIsDead(this ILogger logger, string node, TimeSpan silence);
}

using Webhooks.Core.Channels;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>What incidents are about, as the text that is unique among those that are not resolved.</summary>
internal static class IncidentKeys
{
    /// <summary>One kind of trouble of one endpoint.</summary>
    public static string Of(EndpointId endpoint, IncidentKind kind) => $"{endpoint}:{kind}";

    /// <summary>One kind of trouble of the service's own.</summary>
    public static string OfService(IncidentKind kind) => $"service:{kind}";

    /// <summary>A channel that can't notify.</summary>
    public static string Of(ChannelId channel) => $"{channel}:{IncidentKind.Channel}";
}

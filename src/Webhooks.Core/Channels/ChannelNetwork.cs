using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Notifications;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Channels;

/// <summary>
/// Where channels may be: as for deliveries every public address, but the networks that are opened beside are another list. What operators
/// reach inside their own network is no destination for everybody's endpoints.
/// </summary>
internal sealed class ChannelNetwork
{
    public ChannelNetwork(
        IOptions<NotificationOptions> notifications, IOptions<DeliveryOptions> deliveries, ResolveHost resolve,
        IHostEnvironment environment, TimeProvider clock)
    {
        var opened = notifications.Value.AllowedNetworks;
        var policy = new NetworkPolicy(
            AllowedNetworks.Parse(environment.IsDevelopment() ? [.. opened, .. NetworkPolicy.LoopbackNetworks] : opened));
        UrlRule = new EndpointUrlRule(policy, requireHttps: !notifications.Value.AllowPlaintext);
        Connector = new GuardedConnector(policy, resolve, deliveries.Value.ConnectTimeout, clock);
    }

    public EndpointUrlRule UrlRule { get; }

    public GuardedConnector Connector { get; }
}

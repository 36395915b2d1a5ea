using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.Security.Network;

internal static class NetworkServices
{
    /// <summary>Which addresses deliveries may go to, for those who create endpoints and for the connections themselves.</summary>
    public static IServiceCollection AddNetworkGuard(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<DeliveryOptions>, AllowedNetworks>()
        .AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync)
        .AddSingleton(NewPolicy)
        .AddSingleton(provider => new EndpointUrlRule(provider.GetRequiredService<NetworkPolicy>(), OptionsOf(provider).RequireHttps))
        .AddSingleton(provider => new GuardedConnector(
            provider.GetRequiredService<NetworkPolicy>(),
            provider.GetRequiredService<ResolveHost>(),
            OptionsOf(provider).ConnectTimeout,
            provider.GetRequiredService<TimeProvider>()));

    private static NetworkPolicy NewPolicy(IServiceProvider provider)
    {
        var opened = OptionsOf(provider).AllowedNetworks;
        var isDevelopment = provider.GetRequiredService<IHostEnvironment>().IsDevelopment();
        return new(AllowedNetworks.Parse(isDevelopment ? [.. opened, .. NetworkPolicy.LoopbackNetworks] : opened));
    }

    private static DeliveryOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<DeliveryOptions>>().Value;
}

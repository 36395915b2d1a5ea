using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Deliveries.Sending;

internal static class SendingServices
{
    /// <summary>The sender and what it stands on, all made once: the connection pools, the limiter and the circuits are the node's.</summary>
    public static IServiceCollection AddSending(this IServiceCollection services) => services
        .AddNetworkGuard()
        .AddSingleton(NewExchange)
        .AddSingleton(NewPipelines)
        .AddSingleton(NewSender)
        .AddSingleton(NewReceiptCheck);

    private static AttemptExchange NewExchange(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        var handler = DeliveryHandler.Create(options, provider.GetRequiredService<GuardedConnector>());
        return new(handler, options.MaxResponseBodyBytes, Clock(provider), provider.GetRequiredService<ILogger<AttemptExchange>>());
    }

    private static AttemptPipelines NewPipelines(IServiceProvider provider) => new(
        provider.GetRequiredService<AttemptExchange>(), OptionsOf(provider), Clock(provider), provider.GetRequiredService<ILogger<AttemptPipelines>>());

    private static DeliverySender NewSender(IServiceProvider provider) => new(
        provider.GetRequiredService<AttemptPipelines>(),
        provider.GetRequiredService<SignerCache>(),
        provider.GetRequiredService<HeaderCache>(),
        OptionsOf(provider),
        provider.GetRequiredService<ILogger<DeliverySender>>());

    private static ReceiptCheck NewReceiptCheck(IServiceProvider provider) => new(
        DeliveryHandler.Create(OptionsOf(provider), provider.GetRequiredService<GuardedConnector>()),
        provider.GetRequiredService<SignerCache>(),
        OptionsOf(provider),
        Clock(provider),
        provider.GetRequiredService<ILogger<ReceiptCheck>>());

    private static DeliveryOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<DeliveryOptions>>().Value;

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}

using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;
using Webhooks.Core.Security;

namespace Webhooks.Server.Tests.Hosting;

/// <summary>What the server's own start adds around the API.</summary>
internal static class TestServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<WakeUp>();
        services.AddSecrets();
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section);
        services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section);
    }
}

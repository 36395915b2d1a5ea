using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Telemetry;

namespace Webhooks.Server.Tests.Hosting;

/// <summary>What the server's own start adds around the API.</summary>
internal static class TestServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddTelemetry();
        services.AddOutbox();
        services.AddDeliveries();
        services.AddSecrets();
        services.AddRetention();
        services.AddLedger();
        services.AddNetworkGuard();
    }
}

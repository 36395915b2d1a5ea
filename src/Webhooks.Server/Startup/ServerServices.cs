using Webhooks.Core;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;
using Webhooks.Core.Nodes;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Server.Dashboard;
using Webhooks.Server.Health;
using Webhooks.Server.Inbox;
using Webhooks.Server.Jobs;
using Webhooks.Server.OpenApi;
using Webhooks.Server.Telemetry;

namespace Webhooks.Server.Startup;

internal static class ServerServices
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.UseDefaultAddress();
        var roles = NodeOptions.ReadRoles(builder.Configuration);
        var storage = builder.AddStorage();
        RefuseParts(roles, storage);
        builder.Services.AddScoped<FirstKey>();

        builder.AddWebhooksTelemetry(); // after the store, which it measures
        builder.Services.AddWebhooksKeyRing(builder.Configuration, builder.Environment, storage.IsShared ? null : storage.Location);
        builder.Services.AddSecrets();
        builder.Services.AddWebhooksApi();
        builder.Services.AddOutbox();
        builder.Services.AddDeliveries();
        builder.Services.AddRetention();
        builder.Services.AddLedger();
        builder.Services.AddScoped<LeaseSweep>();
        builder.Services.AddNodes(roles);
        if (roles.HasFlag(NodeRoles.Worker))
            builder.Services.AddWebhooksJobs(storage);
        if (roles.HasFlag(NodeRoles.Dashboard))
            builder.Services.AddDashboard(builder.Configuration);
        builder.Services.AddWebhooksHealth();
        builder.Services.AddWebhooksOpenApi();
        builder.Services.AddInbox();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    private static void RefuseParts(NodeRoles roles, Storage storage)
    {
        if (!storage.IsShared && roles != NodeRoles.All)
            throw new StartupException(
                $"{NodeOptions.Section}:{nameof(NodeOptions.Roles)} must name Api, Worker and Dashboard, or be left out, with the embedded database: "
                + $"no other process could do the rest. Set {StorageOptions.Section}:{nameof(StorageOptions.Provider)} to SqlServer or PostgreSql "
                + "for nodes with a part of the roles.");
    }
}

using Webhooks.Core;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Data.Sqlite;
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
        var data = DataDirectory.Open(builder.Configuration);
        builder.Services.AddSingleton(_ => data); // by a factory, so that the container gives the lock back at the end
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<FirstKey>();

        builder.Services.AddWebhooksSqlite(data.Path);
        builder.AddWebhooksTelemetry(); // after the store, which it measures
        builder.Services.AddWebhooksKeyRing(builder.Configuration, builder.Environment, data.Path);
        builder.Services.AddSecrets();
        builder.Services.AddWebhooksApi();
        builder.Services.AddOutbox();
        builder.Services.AddDeliveries();
        builder.Services.AddRetention();
        builder.Services.AddWebhooksJobs();
        builder.Services.AddWebhooksHealth();
        builder.Services.AddWebhooksOpenApi();
        builder.Services.AddInbox();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }
}

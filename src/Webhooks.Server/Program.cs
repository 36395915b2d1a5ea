using Webhooks.Core;
using Webhooks.Server.Health;
using Webhooks.Server.Inbox;
using Webhooks.Server.OpenApi;
using Webhooks.Server.Startup;
using Webhooks.Server.Telemetry;

try
{
    MatchTimeout.Set();

    // Settings lie beside the program; the data directory is under the folder that it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (args is [HealthProbe.Command, ..])
        return await HealthProbe.RunAsync(builder.Configuration);
    builder.AddWebhooks();

    var app = builder.Build();
    app.UseWebhooksMetrics();
    app.UseWebhooksApi();
    app.UseWebhooksOpenApi();
    app.MapWebhooksApi();
    app.MapWebhooksHealth();
    if (app.Environment.IsDevelopment())
        app.MapInbox();

    await app.PrepareAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (StartupFaults.AreTold(fault))
{
    return 1;
}

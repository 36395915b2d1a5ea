using Webhooks.Core;
using Webhooks.Server.Inbox;
using Webhooks.Server.OpenApi;
using Webhooks.Server.Startup;

try
{
    // Settings lie beside the program; the data directory is under the folder that it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddWebhooks();

    var app = builder.Build();
    app.UseWebhooksApi();
    app.UseWebhooksOpenApi();
    app.MapWebhooksApi();
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

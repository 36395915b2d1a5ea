using Webhooks.Core;
using Webhooks.Core.Nodes;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Server.Dashboard;
using Webhooks.Server.Dashboard.Access;
using Webhooks.Server.Demo;
using Webhooks.Server.Health;
using Webhooks.Server.Startup;
using Webhooks.Server.Telemetry;

try
{
    MatchTimeout.Set();

    // Settings lie beside the program; the data directory is under the folder that it is started from.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (args is [HealthProbe.Command, ..])
        return await HealthProbe.RunAsync(builder.Configuration);
    if (args is [MigrateCommand.Name, ..])
        return await MigrateCommand.RunAsync(builder);
    if (args is [LedgerCommand.Name, .. var words])
        return await LedgerCommand.RunAsync(builder, words);
    if (args is [DemoCommand.Name, .. var asked])
        return await DemoCommand.RunAsync(builder, asked);
    if (args is [OperatorCommand.Name, .. var order])
        return await OperatorCommand.RunAsync(builder, order);
    builder.AddWebhooks();

    var app = builder.Build();
    app.UseWebhooksMetrics();
    app.UseSecureCookies();
    if (app.HasRole(NodeRoles.Dashboard))
        app.UseNotFoundPage();
    app.UseWebhooksApi();
    app.MapWebhooksHealth();
    if (app.HasRole(NodeRoles.Api))
        app.MapApi();
    if (app.HasRole(NodeRoles.Api) || app.HasRole(NodeRoles.Dashboard))
        app.MapAcknowledgement();

    await app.PrepareAsync();
    if (app.HasRole(NodeRoles.Dashboard))
        app.MapDashboard(); // Hangfire's page asks for its storage, which is known to be good only now
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (StartupFaults.AreTold(fault))
{
    return 1;
}

using Webhooks.Core;
using Webhooks.Core.Nodes;
using Webhooks.Server.Inbox;
using Webhooks.Server.OpenApi;

namespace Webhooks.Server.Startup;

internal static class ApiRole
{
    /// <summary>What nodes that take requests answer.</summary>
    public static void MapApi(this WebApplication app)
    {
        app.UseWebhooksOpenApi();
        app.MapWebhooksApi();
        if (!app.HasRole(NodeRoles.Dashboard))
            app.MapGet("/", () => TypedResults.Redirect("/swagger")).AllowAnonymous().ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
            app.MapInbox();
    }
}

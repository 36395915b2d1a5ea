using System.Net.Mime;
using Webhooks.Core;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Nodes;
using Webhooks.Server.Dashboard.Access;
using Webhooks.Server.Dashboard.Access.Account;
using Webhooks.Server.Dashboard.Access.OpenId;
using Webhooks.Server.Dashboard.Shell;
using Webhooks.Server.Jobs;
using Webhooks.Server.Portal;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Dashboard;

internal static class DashboardPages
{
    private const string NotFoundPath = "/not-found";

    /// <summary>A page in place of an empty 404, for operators. Before routing, which is done again for it.</summary>
    public static void UseNotFoundPage(this WebApplication app) => app.UseWhen(
        context => IsForReading(context.Request) && !IsElsewhere(context.Request.Path) && !context.Request.Path.StartsWithSegments(PortalPages.Path),
        pages => pages.UseStatusCodePagesWithReExecute(NotFoundPath, createScopeForStatusCodePages: true));

    /// <summary>What nodes answer that people look at.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        app.UseWhen(context => !IsElsewhere(context.Request.Path), pages => pages.UseMiddleware<PageHeaders>());
        app.UseWhen(context => IsOthers(context.Request.Path), pages => pages.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
            return next(context);
        }));
        if (!app.HasRole(NodeRoles.Api))
            app.MapOperationsForPages();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // PageHeaders says where pages may be framed. Compression would let a page around the portal's measure secrets by their length.
            server.ContentSecurityFrameAncestorsPolicy = null;
            server.DisableWebSocketCompression = true;
        });
        app.MapSignOut();
        app.MapAccount();
        app.MapExternalSignIn();
        if (app.HasRole(NodeRoles.Worker))
            app.MapJobsPage().RequireAuthorization(Rights.Administrator);
    }

    /// <summary>Pages act through the API's operations, also on a node that does not answer them to others.</summary>
    private static void MapOperationsForPages(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api"),
            api => api.Run(context => ApiProblems.NotFound().ExecuteAsync(context)));
        app.MapWebhooksApi();
    }

    // A person's mistyped address gets a page, a program's an empty answer.
    private static bool IsForReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);

    // They have headers of their own, or are no pages.
    private static bool IsElsewhere(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/ack") || IsOthers(path);

    // Pages of libraries, with scripts of their own.
    private static bool IsOthers(PathString path) => path.StartsWithSegments("/swagger") || path.StartsWithSegments(JobsPage.Path);
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Portal;

/// <summary>A site whose portal one other origin may frame.</summary>
public sealed class PortalSite : DashboardSite
{
    public static int AllowedPort { get; } = Loopback.FreePort();

    protected override Task PrepareAsync()
    {
        Home.Settings["Webhooks__Portal__Name"] = "Acme events";
        Home.Settings["Webhooks__Portal__AllowedOrigins__0"] = $"http://localhost:{AllowedPort}";
        return Task.CompletedTask;
    }

    /// <summary>The address with its token, as an application gets it for one of its people.</summary>
    public async Task<string> PortalAddressAsync(string application)
    {
        var access = await Api.PostAsync(
            $"/auth/app-portal-access/{application}", new { application = new { name = application, uid = application } }, HttpStatusCode.OK,
            TestContext.Current.CancellationToken);
        return access.GetProperty("url").GetString()!;
    }

    /// <summary>A customer's browser with the portal open.</summary>
    public async Task<IPage> OpenPortalAsync(string application, string? path = null, ColorScheme theme = ColorScheme.Light)
    {
        var page = await NewPageAsync(theme);
        await page.GotoAsync(await PortalAddressAsync(application));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Endpoints");
        if (path is not null)
            await page.GotoAsync(path);
        return page;
    }

    /// <summary>Another site with a page that frames an address.</summary>
    /// <param name="port">0 for any.</param>
    public static async Task<WebApplication> StartPageAsync(int port, string framed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://localhost:{(port == 0 ? Loopback.FreePort() : port)}");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync($"<!DOCTYPE html><title>Around</title><iframe src=\"{WebUtility.HtmlEncode(framed)}\" width=1000 height=700></iframe>");
        });
        await app.StartAsync();
        return app;
    }
}

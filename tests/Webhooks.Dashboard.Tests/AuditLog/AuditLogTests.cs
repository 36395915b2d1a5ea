using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.AuditLog;

[Collection(Failures.Name)]
public sealed class AuditLogTests(FailuresSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_FilteredByTheAddressAndByLinks_ShowsWhoDidWhatToWhat()
    {
        var name = $"Audited {Scripts.Image}";
        var app = (await site.Api.PostAsync("/app", new { name }, HttpStatusCode.Created, Cancel)).GetProperty("id").GetString()!;
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/audit-log?app={app}");

        var row = page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row).Nth(1);
        await Expect(row).ToContainTextAsync("Made an application");
        await Expect(row).ToContainTextAsync("v1.application.create");
        await Expect(row).ToContainTextAsync("bootstrap key");
        await Expect(row.GetByRole(AriaRole.Link, new() { Name = $"application {name}" }))
            .ToHaveAttributeAsync("href", $"/applications/{app}");
        await Expect(row).ToContainTextAsync(name);
        await page.ShouldHoldNoScriptAsync();
        await row.GetByRole(AriaRole.Link, new() { Name = "bootstrap key" }).ClickAsync();
        await page.WaitForURLAsync("**/audit-log?*who=key_*");
        await page.OpenAsync($"/audit-log?app={app}&operation=v1.endpoint.delete");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No such entry" })).ToBeVisibleAsync();
    }
}

using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Shell;

public sealed class ConnectionTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    [Fact]
    public async Task Page_ServerIsAwayAndBack_SaysSoAndGoesOnByItself()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/incidents?state=all");

        await site.WhileStoppedAsync(() => Expect(page.GetByText("The connection is lost.")).ToBeVisibleAsync());

        await Expect(page.GetByText("The connection is lost.")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Incidents");
        await page.GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Messages");
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.Dashboard.Tests.Messages;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Overview;

public sealed class OverviewTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    // The books are written once a minute.
    private const float ABookkeepersMinute = 120_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_FromTheFirstMessageToADeadLetter_SaysHowThingsStandWithoutReload()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(200), Cancel);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/");
        var verdict = page.GetByLabel("Is everything all right?");
        await Expect(verdict).ToContainTextAsync("No message was published yet.");

        var farm = await Published.CreateAsync(site.Api, "farm", receiver.Url, Cancel);
        await farm.AttemptedAsync(await farm.SendAsync("egg.laid", new { }, Cancel), 1, Cancel);
        await Expect(verdict).ToContainTextAsync("Everything is all right");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Success rate" })).ToContainTextAsync("100 %");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Latency p50" })).ToContainTextAsync(new Regex("p50[0-9.]+ m?s"));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "The books" })).ToContainTextAsync("balanced");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Nodes alive" })).ToContainTextAsync("1 of 1");

        receiver.Answer = Receiver.With(410);
        await farm.AttemptedAsync(await farm.SendAsync("egg.broken", new { }, Cancel), 1, Cancel);
        await Expect(verdict).ToContainTextAsync("nobody sees to yet");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open incidents" })).ToHaveClassAsync(new Regex("figure-bad"));
        await Expect(page.Locator("#chart-summary")).ToContainTextAsync("2 deliveries came", new() { Timeout = ABookkeepersMinute });
        await page.GetByText("As a table").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "What came" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await verdict.GetByRole(AriaRole.Link).First.ClickAsync();

        await page.WaitForURLAsync("**/incidents?state=open");
    }
}

using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Ledger;

[Collection(Failures.Name)]
public sealed class LedgerTests(FailuresSite site)
{
    // The books are written once a minute.
    private static readonly LocatorAssertionsToContainTextOptions Booked = new() { Timeout = 150_000 };

    [Fact]
    public async Task Ledger_AfterALetterDied_BalancesAndShowsItWithPeople()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 2, name: $"Books {Scripts.Image}");
        var page = await site.SignedInAsync();
        var line = page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"Books {Scripts.Image}" });

        await page.OpenAsync($"/ledger?app={failing.App}");
        await Expect(line.Locator("[data-label='With people']")).ToContainTextAsync("2", Booked);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The books balance" })).ToBeVisibleAsync();
        await Expect(line.Locator("[data-label=Accepted]")).ToHaveTextAsync("2");
        await Expect(line.Locator("[data-label=Residue]")).ToHaveTextAsync("0");
        await page.GetByRole(AriaRole.Link, new() { Name = "By hour" }).ClickAsync();
        await Expect(line.Locator("[data-label=Hour]")).ToContainTextAsync(":00");
        await page.GetByRole(AriaRole.Link, new() { Name = "By endpoint" }).ClickAsync();
        await Expect(line).ToContainTextAsync(failing.Endpoint.Url.ToString());
        await page.ShouldHoldNoScriptAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sealed days" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("No day is sealed yet");
    }

    [Fact]
    public async Task Ledger_OnlyWithAResidue_SaysThatThereIsNone()
    {
        var page = await site.SignedInAsync();

        await page.OpenAsync("/ledger?by=hour&only=unbalanced");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No entry has a residue" })).ToBeVisibleAsync();
    }
}

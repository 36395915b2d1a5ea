using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Access;

public sealed class SignInTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    [Fact]
    public async Task Pages_NobodySignedIn_LeadToSignInAndBack()
    {
        var page = await site.NewPageAsync();

        await page.GotoAsync("/incidents?state=resolved");
        await page.SignInAsync(DashboardSite.Administrator, DashboardSite.Password);

        await page.WaitForURLAsync("**/incidents?state=resolved");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Incidents");
    }

    [Fact]
    public async Task SignIn_WrongPassword_SaysThatNameOrPasswordIsWrong()
    {
        var page = await site.NewPageAsync();

        await page.GotoAsync("/sign-in");
        await page.SignInAsync(DashboardSite.Administrator, "wrong horse battery staple");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("don't match");
    }

    [Fact]
    public async Task SignIn_ReturnUrlOfAnotherSite_LeadsToTheOverview()
    {
        var page = await site.NewPageAsync();

        await page.GotoAsync("/sign-in?returnUrl=%2F%2Fevil.example");
        await page.SignInAsync(DashboardSite.Administrator, DashboardSite.Password);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        page.Url.ShouldBe(new Uri(site.Address, "/").ToString());
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        var page = await site.SignedInAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Signed in as admin" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GotoAsync("/incidents");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }
}

using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Access;

/// <summary>Signing in with an identity provider, where passwords are switched off.</summary>
public sealed class OpenIdConnectTests(OpenIdConnectTests.Site site) : IClassFixture<OpenIdConnectTests.Site>
{
    [Fact]
    public async Task SignIn_RoleThatFits_MakesThePersonAtTheFirstSignInAndFollowsTheRoleAtTheNext()
    {
        var page = await ArriveAsync("sub-1", "ada", "Ada Lovelace", "wh-admins");
        await page.GotoAsync("/settings/operators");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ada Lovelace" })).ToContainTextAsync("Administrator");

        var again = await ArriveAsync("sub-1", "ada", "Ada Lovelace", "wh-staff");
        await again.GotoAsync("/settings/operators");

        await Expect(again.GetByRole(AriaRole.Heading, new() { Name = "Your role does not reach this page" })).ToBeVisibleAsync();
        await again.OpenAsync("/account");
        await Expect(again.GetByText("Viewer", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(again.GetByRole(AriaRole.Heading, new() { Name = "Password" })).ToHaveCountAsync(0);
        site.Provider.LastRequest!["code_challenge_method"].ToString().ShouldBe("S256");
        site.Provider.LastRequest["response_type"].ToString().ShouldBe("code");
    }

    [Fact]
    public async Task SignIn_NameOfSomebodyElse_IsAnotherPerson()
    {
        await ArriveAsync("sub-2", "grace", "Grace", "wh-admins");

        var page = await ArriveAsync("sub-3", "grace", "Grace", "wh-admins");

        await page.OpenAsync("/settings/operators");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "as sub-3 at Company login" })).ToContainTextAsync("(you)");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "as grace" })).Not.ToContainTextAsync("(you)");
    }

    [Fact]
    public async Task SignIn_NoRoleThatFits_IsRefusedWithAReason()
    {
        var page = await LeaveAsync("sub-4", "eve", "Eve", "marketing");

        await page.WaitForURLAsync("**/sign-in/refused?why=no-role");
        await Expect(page.GetByText("Company login knows you, but gave you no role here")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GotoAsync("/incidents");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task SignIn_PersonRefuses_SaysThatNobodyIsSignedIn()
    {
        site.Provider.Person = null;
        var page = await site.NewPageAsync();

        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Company login" }).ClickAsync();

        await page.WaitForURLAsync("**/sign-in/refused?why=failed");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are not signed in");
    }

    [Fact]
    public async Task SignIn_LinkToAPage_LeadsThereAfterwards()
    {
        site.Provider.Person = Person("sub-5", "linked", "Linked", "wh-staff");
        var page = await site.NewPageAsync();

        await page.GotoAsync("/incidents?state=resolved");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Company login" }).ClickAsync();

        await page.WaitForURLAsync("**/incidents?state=resolved");
    }

    [Fact]
    public async Task SignIn_PasswordsOff_ShowsNoFormAndMadeNoFirstAdministrator()
    {
        var page = await site.NewPageAsync();

        await page.GotoAsync("/sign-in");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Company login" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Password")).ToHaveCountAsync(0);
        site.Server.Output.ShouldNotContain("sign in as");
    }

    [Fact]
    public async Task Answer_ThatNobodyAskedFor_IsRefused()
    {
        using var response = await TestHttp.Client.GetAsync(
            new Uri(site.Address, "/sign-in/external/answer?code=stolen&state=made-up"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/sign-in/refused?why=failed");
    }

    private static Dictionary<string, object> Person(string subject, string name, string displayName, string group) => new()
    {
        ["sub"] = subject, ["preferred_username"] = name, ["name"] = displayName, ["groups"] = new[] { "everybody", group },
    };

    private async Task<IPage> ArriveAsync(string subject, string name, string displayName, string group)
    {
        var page = await LeaveAsync(subject, name, displayName, group);
        await page.WaitForURLAsync(new Uri(site.Address, "/").ToString());
        return page;
    }

    private async Task<IPage> LeaveAsync(string subject, string name, string displayName, string group)
    {
        site.Provider.Person = Person(subject, name, displayName, group);
        var page = await site.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Company login" }).ClickAsync();
        return page;
    }

    public sealed class Site : DashboardSite
    {
        internal OpenIdProvider Provider { get; } = new();

        protected override async Task PrepareAsync()
        {
            await Provider.StartAsync();
            foreach (var (name, value) in new[]
            {
                ("Authority", Provider.Address), ("ClientId", OpenIdProvider.ClientId), ("ClientSecret", OpenIdProvider.ClientSecret),
                ("DisplayName", "Company login"), ("RoleClaim", "groups"), ("Administrators__0", "wh-admins"), ("Viewers__0", "wh-staff"),
            })
                Home.Settings[$"Webhooks__Dashboard__OpenIdConnect__{name}"] = value;
            Home.Settings["Webhooks__Dashboard__AllowPasswords"] = "false";
        }

        protected override ValueTask EndAsync() => Provider.DisposeAsync();
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Access;

/// <summary>People and their access, from the page that makes them to the one that ends it.</summary>
public sealed partial class AccountTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private const string Chosen = "a password of my very own";

    [Fact]
    public async Task SignIn_FiveWrongPasswords_LockOutAlsoWithTheRightOne()
    {
        var oneTime = await AddAsync("locked", "Viewer");
        var page = await site.NewPageAsync();
        await page.GotoAsync("/sign-in");

        for (var i = 0; i < 5; i++)
            await page.SignInAsync("locked", "wrong horse battery staple");
        await page.SignInAsync("locked", oneTime);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many attempts");
    }

    [Fact]
    public async Task SignIn_OneTimePassword_LeadsNowhereUntilItIsChanged()
    {
        var oneTime = await AddAsync("newcomer", "Operator");
        var page = await site.NewPageAsync();
        await page.GotoAsync("/incidents?state=resolved");

        await page.SignInAsync("newcomer", oneTime);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Choose a password");
        await page.ShouldBeAccessibleAsync();
        await page.GotoAsync("/incidents?state=resolved");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Choose a password");
        await ChooseAsync(page, oneTime, "short");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Choose a password");
        await ChooseAsync(page, oneTime, Chosen);
        await page.WaitForURLAsync("**/incidents?state=resolved");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Incidents");
    }

    [Fact]
    public async Task TwoFactor_Enrolled_AsksForACodeAndTakesARecoveryCodeOnce()
    {
        var page = await JoinAsync("careful", "Viewer");
        await page.OpenAsync("/account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Set up an authenticator app" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "The key as a QR code" })).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        var key = (await page.Locator(".key code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        (await page.GetByRole(AriaRole.Link, new() { Name = "open it on this device" }).GetAttributeAsync("href"))
            .ShouldBe($"otpauth://totp/Webhooks:careful?secret={key}&issuer=Webhooks&digits=6");
        await TypeCodeAsync(page, "000000", "Switch two-factor on");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        (await page.Locator(".key code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal).ShouldBe(key);

        await TypeCodeAsync(page, Totp.CodeOf(key, TimeProvider.System.GetUtcNow()), "Switch two-factor on");

        var codes = await page.GetByRole(AriaRole.List, new() { Name = "Recovery codes" }).GetByRole(AriaRole.Listitem).AllInnerTextsAsync();
        codes.Count.ShouldBe(10);
        await page.GotoAsync("/incidents"); // this session goes on
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Incidents");
        await (await SecondStepAsync("careful", Totp.CodeOf(key, TimeProvider.System.GetUtcNow()))).WaitForURLAsync(Overview);
        await (await SecondStepAsync("careful", codes[0])).WaitForURLAsync(Overview);
        var refused = await SecondStepAsync("careful", codes[0]);
        await Expect(refused.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used before");
        await refused.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task TwoFactor_SwitchedOffWithThePassword_AsksForNoCode()
    {
        var page = await JoinAsync("relaxed", "Viewer");
        await page.GotoAsync("/account/two-factor");
        var key = (await page.Locator(".key code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await TypeCodeAsync(page, Totp.CodeOf(key, TimeProvider.System.GetUtcNow()), "Switch two-factor on");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Switch off or set up anew" }).ClickAsync();
        await page.GetByLabel("Password").FillAsync(Chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch two-factor off" }).ClickAsync();

        await Expect(page.GetByText("Two-factor is off.")).ToBeVisibleAsync();
        await site.SignedInAsync("relaxed", Chosen);
    }

    [Fact]
    public async Task Viewer_SeesNoButtonsAndNoPagesOfAdministrators()
    {
        var page = await JoinAsync("looker", "Viewer");

        await page.OpenAsync("/settings/channels");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "New channel" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Operators" })).ToHaveCountAsync(0);
        await page.OpenAsync("/settings/api-keys");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "New API key" })).ToHaveCountAsync(0);

        foreach (var path in new[] { "/settings/operators", "/settings/channels/new", "/hangfire" })
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your role does not reach this page" })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task EndSessions_ByAnAdministrator_EndsAnOpenPage()
    {
        var open = await JoinAsync("open", "Viewer");
        await open.OpenAsync("/incidents");
        var admin = await site.SignedInAsync();
        await admin.OpenAsync("/settings/operators");

        await ChooseActionAsync(admin, "open", "End all sessions");
        await admin.GetByRole(AriaRole.Button, new() { Name = "End sessions" }).ClickAsync();
        await Expect(admin.GetByText("All sessions have ended.")).ToBeVisibleAsync();

        await open.WaitForURLAsync("**/sign-in?returnUrl=%2Fincidents", new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task EndOtherSessions_ByThePerson_KeepsThisOne()
    {
        var here = await JoinAsync("roamer", "Viewer");

        await here.OpenAsync("/account");
        await here.ShouldBeAccessibleAsync();
        await here.GetByRole(AriaRole.Button, new() { Name = "End all other sessions" }).ClickAsync();

        await Expect(here.GetByText("Your other sessions have ended.")).ToBeVisibleAsync();
        await here.OpenAsync("/incidents");
        await Expect(here.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Incidents");
    }

    [Fact]
    public async Task Rename_ToAFreeNameOnly_IsShownAsText()
    {
        const string name = "<img src=x onerror=alert(1)>";
        var page = await JoinAsync("renamed", "Viewer");

        await RenameAsync(page, "Admin");
        await Expect(page.GetByText("somebody else has it")).ToBeVisibleAsync();
        await RenameAsync(page, name);

        await Expect(page.GetByText("Your name is changed.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Signed in as {name}" })).ToBeVisibleAsync();
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Operators_OwnRow_OffersNeitherRoleNorDisabling()
    {
        var admin = await site.SignedInAsync();
        await admin.OpenAsync("/settings/operators");

        await admin.GetByRole(AriaRole.Button, new() { Name = "Change admin", Exact = true }).ClickAsync();

        await Expect(admin.GetByRole(AriaRole.Menuitem, new() { Name = "Reset password" })).ToBeVisibleAsync();
        await Expect(admin.GetByRole(AriaRole.Menuitem, new() { Name = "Make" })).ToHaveCountAsync(0);
        await Expect(admin.GetByRole(AriaRole.Menuitem, new() { Name = "Disable" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Disable_ByAnAdministrator_RefusesSigningIn()
    {
        await JoinAsync("gone", "Operator");
        var admin = await site.SignedInAsync();
        await admin.OpenAsync("/settings/operators");

        await ChooseActionAsync(admin, "gone", "Disable");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).ClickAsync();
        await Expect(admin.GetByText("gone can't sign in any more.")).ToBeVisibleAsync();

        var page = await site.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.SignInAsync("gone", Chosen);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("don't match");
    }

    [Fact]
    public async Task Command_ResetPassword_PrintsAOneTimePasswordThatMustBeChanged()
    {
        await JoinAsync("forgetful", "Administrator");
        var output = "";

        await site.WhileStoppedAsync(async () => output = await RunAsync("operator", "reset-password", "forgetful"));

        var page = await site.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.SignInAsync("forgetful", OneTimePassword().Match(output).Groups[1].Value);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Choose a password");
    }

    [Fact]
    public async Task Output_OfTheServer_HasNoPassword()
    {
        var oneTime = await AddAsync("silent", "Viewer");

        site.Server.Output.ShouldNotContain(oneTime);
        site.Server.Output.ShouldNotContain(DashboardSite.Password);
    }

    private string Overview => new Uri(site.Address, "/").ToString();

    private async Task<string> AddAsync(string name, string role)
    {
        var admin = await site.SignedInAsync();
        await admin.OpenAsync("/settings/operators/new");
        await admin.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await admin.GetByRole(AriaRole.Combobox, new() { Name = "Role" }).ClickAsync();
        await admin.GetByRole(AriaRole.Option, new() { Name = role, Exact = true }).ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        var password = await admin.Locator(".secret code").InnerTextAsync();
        await admin.Context.CloseAsync();
        return password;
    }

    /// <summary>Somebody who has chosen a password, signed in.</summary>
    private async Task<IPage> JoinAsync(string name, string role)
    {
        var oneTime = await AddAsync(name, role);
        var page = await site.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.SignInAsync(name, oneTime);
        await ChooseAsync(page, oneTime, Chosen);
        await page.WaitForURLAsync(Overview);
        return page;
    }

    private static async Task ChooseAsync(IPage page, string current, string chosen)
    {
        await page.GetByLabel("Password that you have").FillAsync(current);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(chosen);
        await page.GetByLabel("New password again").FillAsync(chosen);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
    }

    private static async Task TypeCodeAsync(IPage page, string code, string button)
    {
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    private async Task<IPage> SecondStepAsync(string name, string code)
    {
        var page = await site.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.SignInAsync(name, Chosen);
        await page.WaitForURLAsync("**/sign-in/two-factor**");
        await TypeCodeAsync(page, code, "Sign in");
        return page;
    }

    private static async Task ChooseActionAsync(IPage page, string name, string action)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Change {name}", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action, Exact = true }).ClickAsync();
    }

    private static async Task RenameAsync(IPage page, string name)
    {
        await page.OpenAsync("/account");
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save name" }).ClickAsync();
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        await using var command = ServerProcess.Start(site.Home, arguments);
        (await command.ExitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe(0, command.Output);
        return command.StandardOutput;
    }

    [GeneratedRegex("with (\\S+) and choose")]
    private static partial Regex OneTimePassword();
}

using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Settings;

public sealed class SettingsTests(SettingsSite site) : IClassFixture<SettingsSite>
{
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Markup = "<img src=x onerror=alert(1)>";

    private static readonly string[] Pages =
    [
        "/", "/messages", "/endpoints", "/dead-letters", "/incidents", "/applications", "/event-types", "/tasks", "/ledger", "/audit-log",
        "/settings/channels",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Channel_MadeAndTested_ShowsTheAnswer()
    {
        site.Receiver.Status = 204;
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/channels/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("On-call");
        await ChooseAsync(page, "Kind", "Signed webhook");
        await page.GetByLabel("URL").FillAsync(site.Receiver.Url);
        await page.GetByLabel("Signing secret").FillAsync(Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/channels/chan_*");

        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();

        await Expect(page.GetByText("The test was taken.")).ToBeVisibleAsync();
        site.Receiver.Types.ShouldContain("channel.test");
        await Expect(page.GetByText("Is set, and not shown again.")).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain(Secret);
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Channel_ThatFails_IsRedWithSinceWhenAndWhy()
    {
        var id = await ChannelAsync(Markup);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/channels");
        site.Receiver.Status = 503;

        await page.GetByRole(AriaRole.Button, new() { Name = $"Test {Markup}" }).ClickAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = Markup });
        await Expect(row).ToContainTextAsync("The test failed:");
        await Expect(row.Locator(".chip-bad")).ToHaveTextAsync("Fails");
        await Expect(row).ToContainTextAsync("Fails since");
        await Expect(row).ToContainTextAsync("503");
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        await page.ShouldBeAccessibleAsync();
        await page.OpenAsync($"/settings/channels/{id}");
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Nobody can be told over this channel since" })).ToBeVisibleAsync();
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Channel_ThatFails_StandsInRedOnEveryPageUntilItWorks()
    {
        var id = await ChannelAsync("Night watch");
        var page = await site.SignedInAsync();
        var banner = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "People may not hear of incidents." });
        site.Receiver.Status = 503;
        await site.Api.PostAsync($"/channel/{id}/test", new { }, HttpStatusCode.OK, Cancel);

        foreach (var path in Pages)
        {
            await page.OpenAsync(path);
            await Expect(banner).ToContainTextAsync("Night watch");
            await Expect(banner).ToHaveCSSAsync("color", await ErrorColorAsync(page));
        }

        site.Receiver.Status = 204;
        await site.Api.PostAsync($"/channel/{id}/test", new { }, HttpStatusCode.OK, Cancel);
        await page.OpenAsync("/");
        await Expect(banner.Filter(new() { HasText = "Night watch" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Channel_WrongSettings_TellsThemAtTheirFields()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/channels/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mail");
        await page.GetByLabel("Mail server").FillAsync("smtp.example.com");
        await page.GetByLabel("From").FillAsync("alerts@example.com");
        await page.GetByLabel("Port").FillAsync("a door");

        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();

        await Expect(page.GetByText("Must be a whole number")).ToBeVisibleAsync();
        await page.GetByLabel("Port").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(page.GetByText("Is required for a channel of type email.")).ToBeVisibleAsync();
        page.Url.ShouldEndWith("/settings/channels/new");
    }

    [Fact]
    public async Task Channel_RenamedDisabledAndDeleted_KeepsItsSecretUntilThen()
    {
        site.Receiver.Status = 204;
        var id = await ChannelAsync("Old name");
        var page = await site.SignedInAsync();
        await page.OpenAsync($"/settings/channels/{id}");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("New name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("New name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Expect(page.GetByText("The test was taken.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await ConfirmAsync(page, "Disable");
        await Expect(page.Locator(".page-under .chip")).ToHaveTextAsync("Disabled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await ConfirmAsync(page, "Delete");

        await page.WaitForURLAsync("**/settings/channels");
        await Expect(page.GetByText("New name")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Policy_MadeForAnApplication_IsListedChangedAndDeleted()
    {
        await ChannelAsync("First line");
        await ChannelAsync("Second line");
        await site.Api.PostAsync("/app", new { name = "Acme", uid = "acme-settings" }, HttpStatusCode.Created, Cancel);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/escalation/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Acme first");
        await page.GetByLabel("Application").FillAsync("acme-settings");
        await StepAsync(page, 1, "0", "First line");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a step" }).ClickAsync();
        await StepAsync(page, 2, "30", "Second line");
        await page.GetByLabel("Begin again after").FillAsync("120");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/escalation");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Acme first" });
        await Expect(row).ToContainTextAsync("At once: First line");
        await Expect(row).ToContainTextAsync("After 30 min: Second line");
        await Expect(row).ToContainTextAsync("again from the beginning 2 h after that");

        await page.GetByRole(AriaRole.Link, new() { Name = "Acme first" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove step 2" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The default policy takes its place.");
        await ConfirmAsync(page, "Delete");

        await page.WaitForURLAsync("**/settings/escalation");
        await Expect(page.GetByText("Acme first")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Policy_StepsThatDontRise_TellsAtTheStep()
    {
        await ChannelAsync("Anybody");
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/escalation/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Falling");
        await StepAsync(page, 1, "30", "Anybody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a step" }).ClickAsync();
        await StepAsync(page, 2, "10", "Anybody");

        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();

        var second = page.GetByRole(AriaRole.Group, new() { Name = "Step 2", Exact = true });
        await Expect(second).ToContainTextAsync("Must be more than that of the step before.");
    }

    [Fact]
    public async Task ApiKey_Made_IsShownOnceAndWorks()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/api-keys/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Order service");
        await ChooseAsync(page, "May", "Everything");
        await ChooseAsync(page, "Ends", "After 90 days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = await page.Locator(".secret code").InnerTextAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy the key" })).ToBeVisibleAsync();
        (await StatusOfAsync(key)).ShouldBe(HttpStatusCode.OK);
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/api-keys");
        await Expect(RowOf(page, "Order service").Locator(".chip")).ToHaveTextAsync("Works");
        (await page.ContentAsync()).ShouldNotContain(key);
        await page.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate Order service" }).ClickAsync();
        await ConfirmAsync(page, "Rotate");
        var next = await page.Locator(".secret code").InnerTextAsync();
        next.ShouldNotBe(key);
        (await StatusOfAsync(next)).ShouldBe(HttpStatusCode.OK);
        (await StatusOfAsync(key)).ShouldBe(HttpStatusCode.OK);
        site.Server.Output.ShouldNotContain(key);
    }

    [Fact]
    public async Task ApiKey_Revoked_IsRefused()
    {
        var made = await site.Api.PostAsync("/api-key", new { name = Markup, scope = "full" }, HttpStatusCode.Created, Cancel);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/settings/api-keys");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {Markup}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("It was never used.");
        await ConfirmAsync(page, "Revoke");

        await Expect(RowOf(page, Markup).Locator(".chip")).ToHaveTextAsync("Revoked");
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        (await StatusOfAsync(made.GetProperty("key").GetString()!)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nodes_ShowsThisOneAlive()
    {
        var page = await site.SignedInAsync();

        await page.OpenAsync("/settings/nodes");

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "api, worker, dashboard" })).ToContainTextAsync("Alive");
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Settings_Itself_LeadsToTheFirstOfThem()
    {
        var page = await site.SignedInAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();

        await page.WaitForURLAsync("**/settings/escalation");
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Settings" });
        await tabs.GetByRole(AriaRole.Link, new() { Name = "Channels", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Channels");
        await Expect(tabs.Locator("[aria-current=page]")).ToHaveTextAsync("Channels");
    }

    private async Task<string> ChannelAsync(string name)
    {
        var made = await site.Api.PostAsync(
            "/channel", new { name, type = "webhook", settings = new { url = site.Receiver.Url, secret = Secret } }, HttpStatusCode.Created, Cancel);
        return made.GetProperty("id").GetString()!;
    }

    private async Task<HttpStatusCode> StatusOfAsync(string key)
    {
        using var response = await new Api(site.Address, key).SendAsync(HttpMethod.Get, "/api-key", null, null, TimeSpan.FromSeconds(30), Cancel);
        return response.StatusCode;
    }

    /// <summary>What the theme says is red, as browsers write colors.</summary>
    private static Task<string> ErrorColorAsync(IPage page) => page.EvaluateAsync<string>(
        "() => { const probe = document.body.appendChild(document.createElement('i')); probe.style.color = 'var(--mud-palette-error)';"
        + " const color = getComputedStyle(probe).color; probe.remove(); return color; }");

    private static ILocator RowOf(IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    private static async Task StepAsync(IPage page, int number, string minutes, string channel)
    {
        var step = page.GetByRole(AriaRole.Group, new() { Name = $"Step {number}", Exact = true });
        await step.GetByLabel("Minutes").FillAsync(minutes);
        await step.GetByLabel(channel).CheckAsync();
    }

    private static async Task ChooseAsync(IPage page, string label, string choice)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = label }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = choice }).ClickAsync();
    }

    private static Task ConfirmAsync(IPage page, string verb) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = verb }).ClickAsync();
}

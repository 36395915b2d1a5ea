using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Portal;

public sealed class PortalTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Markup = "<img src=x onerror=\"document.title='owned'\">";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Customer_AddsAnEndpoint_SeesATestEventArrive()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        var receiver = subscriber.Add("customer", (_, _) => Task.FromResult(200));
        var page = await site.OpenPortalAsync("customer-1");

        await page.GetByRole(AriaRole.Link, new() { Name = "Add endpoint" }).First.ClickAsync();
        await page.GetByLabel("Address (URL)").FillAsync(receiver.Url.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Add endpoint" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test event" }).ClickAsync();

        await Expect(page.GetByText("Your endpoint answered 200.")).ToBeVisibleAsync();
        receiver.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Customer_WritesABadAddress_ReadsTheRuleAtTheField()
    {
        var page = await site.OpenPortalAsync("customer-2", "/portal/endpoints/new");

        await page.GetByLabel("Address (URL)").FillAsync("ftp://example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add endpoint" }).ClickAsync();

        await Expect(page.GetByText("must use https or http")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Customer_LooksForAnotherApplicationsEndpoint_FindsNone()
    {
        await site.Api.PostAsync("/app", new { name = "Other", uid = "other" }, HttpStatusCode.Created, Cancel);
        var foreign = await site.Api.PostAsync("/app/other/endpoint", new { url = "https://example.com/other" }, HttpStatusCode.Created, Cancel);
        var page = await site.OpenPortalAsync("customer-3", $"/portal/endpoints/{foreign.GetProperty("id").GetString()}");

        await Expect(page.GetByText("There is no such endpoint")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Customer_FailedMessage_IsReadAndSentAgain()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        var works = false;
        var receiver = subscriber.Add("failing", (_, _) => Task.FromResult(works ? 200 : 500));
        var page = await site.OpenPortalAsync("customer-4");
        await site.Api.CreateEndpointAsync("customer-4", receiver, Cancel);
        await site.Api.PostAsync("/app/customer-4/msg", new { eventType = "order.created", payload = new { note = Markup } }, HttpStatusCode.Accepted, Cancel);

        await page.GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "order.created" }).ClickAsync();
        await page.GetByText("Your endpoint answered 500.").First.ClickAsync();
        works = true;
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();

        await Expect(page.GetByText("Your endpoint answered 200.").First).ToBeVisibleAsync();
        await Expect(page.GetByText("<img src=x onerror=")).ToBeVisibleAsync();
        (await page.TitleAsync()).ShouldNotBe("owned");
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Customer_RotatesTheSecret_SeesAnotherOne()
    {
        var page = await site.OpenPortalAsync("customer-5");
        var endpoint = await site.Api.PostAsync("/app/customer-5/endpoint", new { url = "https://example.com/hook" }, HttpStatusCode.Created, Cancel);
        await page.GetByRole(AriaRole.Link, new() { Name = "https://example.com/hook" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        var old = await page.GetByText("whsec_").TextContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();

        await Expect(page.GetByText("The secret is new.")).ToBeVisibleAsync();
        await Expect(page.GetByText("whsec_")).Not.ToHaveTextAsync(old!);
        var stored = await site.Api.GetAsync($"/app/customer-5/endpoint/{endpoint.GetProperty("id").GetString()}/secret", Cancel);
        await Expect(page.GetByText("whsec_")).ToHaveTextAsync(stored.GetProperty("key").GetString()!);
    }

    [Fact]
    public async Task Token_RevokedOrMissing_ShowsNothing()
    {
        var page = await site.OpenPortalAsync("customer-6");
        await site.Api.SendAsync(HttpMethod.Post, "/auth/app/customer-6/expire-all", "{}", null, TimeSpan.FromSeconds(30), Cancel);

        await page.GetByRole(AriaRole.Link, new() { Name = "Event catalogue" }).ClickAsync();
        await Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("This link does not work any more")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stranger_WhoLetsThePortalLeadToAnOperatorsPage_SeesNothingOfIt()
    {
        await site.Api.PostAsync(
            "/channel",
            new { name = "Secret channel", type = "webhook", settings = new { url = "http://127.0.0.1:9/none" } }, HttpStatusCode.Created, Cancel);
        var page = await site.NewPageAsync();
        await page.RouteAsync("**/sign-in*", route => route.AbortAsync()); // a client that does not follow where it is sent
        await page.GotoAsync("/portal");
        await Expect(page.GetByText("This link does not work any more")).ToBeVisibleAsync();

        await page.EvaluateAsync("Blazor.navigateTo('/messages')");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Search)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Token_IsTakenOutOfTheAddress()
    {
        var page = await site.OpenPortalAsync("customer-7");

        page.Url.ShouldBe(new Uri(site.Address, "/portal").ToString());
        await page.ReloadAsync();
        await Expect(page.GetByText("No endpoint yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frame_OfAnOrigin_ShowsThePortalOnlyWhereAllowed(bool isAllowed)
    {
        var portal = await site.PortalAddressAsync("customer-8");
        await using var around = isAllowed ? await PortalSite.StartPageAsync(PortalSite.AllowedPort, portal) : await PortalSite.StartPageAsync(0, portal);
        var page = await site.NewPageAsync();

        await page.GotoAsync(around.Urls.Single());

        var frame = page.Frames[1];
        if (isAllowed)
            await Expect(page.FrameLocator("iframe").GetByText("No endpoint yet")).ToBeVisibleAsync();
        else
            {
            // The browser fetched it, and put an error page of its own into the frame.
            await frame.WaitForLoadStateAsync();
            await Expect(page.FrameLocator("iframe").GetByText("No endpoint yet")).ToHaveCountAsync(0);
            frame.Url.ShouldNotContain("/portal");
        }
    }

    [Fact]
    public async Task Pages_InEachLook_AreAccessible()
    {
        await site.Api.PostAsync("/event-type", new { name = "tour.started", description = Markup }, HttpStatusCode.Created, Cancel);
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await site.OpenPortalAsync("customer-9", theme: theme);
            foreach (var name in new[] { "Endpoints", "Messages", "Event catalogue" })
            {
                await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
                await page.SettleAsync();
                await page.ShouldBeAccessibleAsync();
                await page.ShootAsync($"portal-{name.Replace(' ', '-')}-{theme}".ToLowerInvariant());
            }
        }
    }
}

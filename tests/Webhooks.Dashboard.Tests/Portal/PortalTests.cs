using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Portal;

public sealed class PortalTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Markup = "<img src=x onerror=\"document.title='owned'\">";

    private static readonly int[] OneRetry = [1];

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
    public async Task Customer_ChangesSettingsAndBack_EachIsSaved()
    {
        await site.Api.PostAsync("/event-type", new { name = "ledger.closed", description = "" }, HttpStatusCode.Created, Cancel);
        var page = await site.OpenPortalAsync("customer-10");
        var endpoint = await site.Api.PostAsync(
            "/app/customer-10/endpoint", new { url = "https://example.com/first", description = "Accounting" }, HttpStatusCode.Created,
            Cancel);
        await page.GotoAsync($"/portal/endpoints/{endpoint.GetProperty("id").GetString()}");

        await SaveAsync("https://example.com/second", "Second name");
        await SaveAsync("https://example.com/first", "Accounting");
        await page.GetByLabel("Events").First.PressAsync("Enter");
        await page.GetByText("ledger.closed").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        var saved = await SaveAsync("https://example.com/third", "Accounting");
        saved.GetProperty("eventTypes").EnumerateArray().Single().GetString().ShouldBe("ledger.closed");

        async Task<JsonElement> SaveAsync(string url, string description)
        {
            await page.GetByLabel("Address (URL)").FillAsync(url);
            await page.GetByLabel("Description").FillAsync(description);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(url);
            var stored = await site.Api.GetAsync($"/app/customer-10/endpoint/{endpoint.GetProperty("id").GetString()}", Cancel);
            (stored.GetProperty("url").GetString(), stored.GetProperty("description").GetString()).ShouldBe((url, description));
            return stored;
        }
    }

    [Fact]
    public async Task Customer_LooksForWhatIsAnotherApplications_FindsNone()
    {
        await site.Api.PostAsync("/app", new { name = "Other", uid = "other" }, HttpStatusCode.Created, Cancel);
        var foreign = await site.Api.PostAsync("/app/other/endpoint", new { url = "https://example.com/other" }, HttpStatusCode.Created, Cancel);
        var page = await site.OpenPortalAsync("customer-3", $"/portal/endpoints/{foreign.GetProperty("id").GetString()}");

        await Expect(page.GetByText("There is no such endpoint")).ToBeVisibleAsync();
        var message = await site.Api.PostAsync(
            "/app/other/msg", new { eventType = "order.created", eventId = "theirs", payload = new { } }, HttpStatusCode.Accepted, Cancel);
        foreach (var query in new[]
        {
            $"id={message.GetProperty("id").GetString()}", "id=theirs", $"endpoint={foreign.GetProperty("id").GetString()}", "type=order.created",
        })
        {
            await page.GotoAsync($"/portal/messages?{query}");
            await Expect(page.GetByText("No message fits")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Customer_FailedMessage_IsFoundReadAndSentAgain()
    {
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        var works = false;
        var receiver = subscriber.Add("failing", (_, _) => Task.FromResult(works ? 200 : 500));
        var page = await site.OpenPortalAsync("customer-4");
        await site.Api.CreateEndpointAsync("customer-4", receiver, Cancel);
        await site.Api.PostAsync(
            "/app/customer-4/msg", new { eventType = "order.created", eventId = "order-1", payload = new { note = Markup } },
            HttpStatusCode.Accepted, Cancel);

        await page.GetByRole(AriaRole.Link, new() { Name = "Messages", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "order.created" })).ToContainTextAsync("Will be retried");
        await page.GotoAsync("/portal/messages?status=delivered");
        await Expect(page.GetByText("No message fits")).ToBeVisibleAsync();
        await page.GotoAsync("/portal/messages?status=failing&type=order.created");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "order.created" })).ToBeVisibleAsync();
        await page.GotoAsync("/portal/messages");
        await page.GetByLabel("Id", new() { Exact = true }).PressSequentiallyAsync("order-1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Uri(site.Address, "/portal/messages?id=order-1").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "order.created" }).ClickAsync();
        await page.GetByText("Your endpoint answered 500.").First.ClickAsync();
        await Expect(page.GetByLabel("Headers of the answer").First).ToContainTextAsync("Date: ");
        await Expect(page.GetByText("first byte after").First).ToBeVisibleAsync();
        works = true;
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(page.GetByText("Your endpoint answered 200.").First).ToBeVisibleAsync();
        await Expect(page.GetByText("<img src=x onerror=")).ToBeVisibleAsync();
        (await page.TitleAsync()).ShouldNotBe("owned");
        await page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Customer_SomeFailed_AreCountedConfirmedAndSentAgain()
    {
        const int Delivered = 20, Failed = 3;
        await using var subscriber = await Subscriber.StartAsync(Cancel);
        var works = true;
        var receiver = subscriber.Add("down", (_, _) => Task.FromResult(works ? 200 : 500));
        var page = await site.OpenPortalAsync("customer-11");
        var endpoint = await site.Api.PostAsync(
            "/app/customer-11/endpoint", new { url = receiver.Url, secret = receiver.Secret, retryScheduleSeconds = OneRetry },
            HttpStatusCode.Created, Cancel);
        await page.GotoAsync($"/portal/endpoints/{endpoint.GetProperty("id").GetString()}");
        await PublishAsync(Delivered);
        await Expect(Figure("Delivered")).ToHaveTextAsync($"{Delivered}");
        works = false;
        await PublishAsync(Failed);
        await Expect(Figure("Failed")).ToHaveTextAsync($"{Failed}");

        // Those that failed were tried twice; a page has 20 attempts.
        await page.ReloadAsync();
        await Expect(page.Locator(".attempts > li")).ToHaveCountAsync(20);
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Expect(page.Locator(".attempts > li")).ToHaveCountAsync(Delivered + 2 * Failed - 20);
        works = true;
        await page.PressAsync("Send again what failed");
        await page.GetByText("of the last day …").ClickAsync();
        await Expect(page.GetByText($"{Failed} messages of the last day would be sent.")).ToBeVisibleAsync();
        receiver.Received.Count.ShouldBe(Delivered + 2 * Failed);
        await page.PressAsync($"Send {Failed} messages …");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = $"Send {Failed} messages" }).ClickAsync();

        await Expect(page.GetByText($"{Failed} messages are on the way.")).ToBeVisibleAsync();
        await Expect(Figure("Delivered")).ToHaveTextAsync($"{Delivered + Failed}");
        await page.PressAsync("Disable");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("with the 0 that wait now");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(page.Locator(".chip", new() { HasText = "Disabled" })).ToBeVisibleAsync();

        ILocator Figure(string name) => page.Locator($"dt:text-is('{name}') + dd");

        async Task PublishAsync(int count)
        {
            for (var n = 0; n < count; n++)
                await site.Api.PostAsync(
                    "/app/customer-11/msg", new { eventType = "order.created", payload = new { n } }, HttpStatusCode.Accepted, Cancel);
        }
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
            new { name = "Secret channel", type = "webhook", settings = new { url = "https://127.0.0.1:9/none", secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } }, HttpStatusCode.Created, Cancel);
        var page = await site.NewPageAsync();
        await page.RouteAsync("**/sign-in*", route => route.AbortAsync(RequestAbortErrorCode.Aborted)); // a client that does not follow where it is sent
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

using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Endpoints;

[Collection(EndpointPages.Name)]
public sealed class EndpointsTests(DashboardSite site) : IAsyncLifetime
{
    private readonly EndpointScene _scene = new(site);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task NewApplicationAndEndpoint_TestEvent_IsDeliveredToTheReceiver()
    {
        var receiver = _scene.Subscriber.Add("made-by-hand", (_, _) => Task.FromResult(200));
        var page = await site.SignedInAsync();

        await page.OpenAsync("/applications");
        await page.PressAsync("New application", AriaRole.Link);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Made by hand");
        await page.GetByLabel("Messages a second").FillAsync("many");
        await page.PressAsync("Create application");
        await Expect(page.GetByText("Must be a whole number")).ToBeVisibleAsync();
        await page.GetByLabel("Messages a second").FillAsync("100");
        await page.PressAsync("Create application");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Made by hand");

        await page.PressAsync("New endpoint", AriaRole.Link);
        await page.GetByLabel("URL").FillAsync("ftp://example.com/");
        await page.PressAsync("Create endpoint");
        await Expect(page.Locator(".mud-input-control", new() { Has = page.GetByLabel("URL") })).ToContainTextAsync("http");
        await page.GetByLabel("URL").FillAsync(receiver.Url.ToString());
        await page.PressAsync("Create endpoint");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(receiver.Url.ToString());

        await page.PressAsync("Send test event");

        await Expect(page.GetByRole(AriaRole.Status).GetByText("Delivered")).ToBeVisibleAsync();
        receiver.Received.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Rotate_WithGrace_BothSecretsSign()
    {
        var (application, old) = await _scene.EndpointAsync("old-secret");
        var renewed = _scene.Subscriber.Add("new-secret", (_, _) => Task.FromResult(200));
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{old.Id}?tab=secret");
        await page.GetByLabel("New secret").FillAsync(renewed.Secret);
        await page.PressAsync("Rotate");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();
        await Expect(page.GetByText("signs too until")).ToBeVisibleAsync();
        await page.PressAsync("Show the secret");
        await Expect(page.GetByLabel("Secret", new() { Exact = true })).ToHaveTextAsync(renewed.Secret);
        await page.PressAsync("Hide");
        await Expect(page.GetByText(renewed.Secret)).ToHaveCountAsync(0);

        await _scene.PublishAsync(application, 1);
        await Eventually.TrueAsync(() => old.Received.Count == 1, EndpointScene.Soon, () => "Nothing arrived under the old secret.", Cancel);
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Of this endpoint" });
        await tabs.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.GetByLabel("URL").FillAsync(renewed.Url.ToString());
        await page.PressAsync("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(renewed.Url.ToString());
        await _scene.PublishAsync(application, 1);
        await Eventually.TrueAsync(() => renewed.Received.Count == 1, EndpointScene.Soon, () => "Nothing arrived under the new secret.", Cancel);

        old.Received.Single().Signature.ShouldBe(VerificationResult.Valid);
        renewed.Received.Single().Signature.ShouldBe(VerificationResult.Valid);
        var log = await site.Api.GetAsync("/audit-log", Cancel);
        log.ToString().ShouldContain("v1.endpoint.get-secret");
    }

    [Fact]
    public async Task Filter_TriedWithAPayload_SaysWhatIsInTheWay()
    {
        var (_, receiver) = await _scene.EndpointAsync("filtered");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=settings");
        await page.GetByText("Content filter").ClickAsync();
        await page.GetByLabel("Filter, as JSON").FillAsync("""{"path": "$.amount", "gte": 1000}""");
        await page.GetByLabel("A payload to try it with").FillAsync("""{"amount": 999}""");
        await page.PressAsync("Try the filter");
        await Expect(page.GetByText("It would not be sent")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status).GetByText("$.amount")).ToBeVisibleAsync();

        await page.GetByLabel("A payload to try it with").FillAsync("""{"amount": 1000}""");
        await page.PressAsync("Try the filter");
        await Expect(page.GetByText("It would be sent")).ToBeVisibleAsync();

        await page.GetByLabel("Filter, as JSON").FillAsync("""{"path": "$.amount", "gte": """);
        await page.PressAsync("Save");
        await Expect(page.GetByText("Is no JSON")).ToBeVisibleAsync();
        await page.GetByLabel("Filter, as JSON").FillAsync("""{"path": "amount", "gte": 5}""");
        await page.PressAsync("Save");
        await Expect(page.GetByText("path:")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Headers_OfCredentials_AreShownByNameOnly()
    {
        var (_, receiver) = await _scene.EndpointAsync("headers");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=settings");
        await page.GetByLabel("Header's name").FillAsync("X-Api-Key");
        await page.GetByLabel("Header's value").FillAsync("not to be shown");
        await page.PressAsync("Set header");

        await Expect(page.GetByText("Value hidden")).ToBeVisibleAsync();
        await Expect(page.GetByText("not to be shown")).ToHaveCountAsync(0);
        await page.PressAsync("Remove the header x-api-key");
        await Expect(page.GetByText("None of its own.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task List_Filters_StandInTheAddress()
    {
        var (application, receiver) = await _scene.EndpointAsync("found");
        var (_, other) = await _scene.EndpointAsync("not-found");
        await _scene.PauseAsync(application, receiver, "By the book");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints?app={application}&state=paused&text=found");
        var list = page.GetByRole(AriaRole.Table, new() { Name = "Endpoints" });
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = receiver.Url.ToString() })).ToBeVisibleAsync();
        await Expect(list).ToContainTextAsync("By the book");
        await Expect(list.GetByText(other.Url.ToString())).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Application", new() { Exact = true })).ToHaveValueAsync("Application of found");

        foreach (var state in new[] { "healthy", "failing", "resting", "disabled", "held" })
        {
            await page.OpenAsync($"/endpoints?app={application}&state={state}");
            await Expect(page.GetByText("No endpoint fits these filters.")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Search_ByPartsOfNames_LeadsToWhatHasThem()
    {
        var (application, receiver) = await _scene.EndpointAsync("searched-for");
        var page = await site.SignedInAsync();

        await page.GetByRole(AriaRole.Searchbox).FillAsync("searched-for");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator($"main a[href='/applications/{application}']")).ToHaveTextAsync("Application of searched-for");
        await Expect(page.Locator($"main a[href='/endpoints/{receiver.Id}']")).ToHaveTextAsync(receiver.Url.ToString());
        await page.GetByRole(AriaRole.Searchbox).FillAsync("nothing has this name");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Nothing has that name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Address_ThatIsNone_IsAPageForPeople()
    {
        var page = await site.SignedInAsync();

        var answer = await page.GotoAsync("/nope");

        answer!.Status.ShouldBe(404);
        await Expect(page.GetByText("There is no such page")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the overview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    [Fact]
    public async Task DeleteApplication_Confirmed_NamesWhatGoesWithIt()
    {
        var (application, receiver) = await _scene.EndpointAsync("deleted");
        await _scene.PauseAsync(application, receiver);
        await _scene.PublishAsync(application, 2);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/applications/{application}");
        await page.PressAsync("Delete");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 endpoint will be deleted, and 2 deliveries on the way to them");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.WaitForURLAsync("**/applications");

        await page.OpenAsync($"/applications/{application}");
        await Expect(page.GetByText("There is no such application")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task PortalLink_IsShownOnceWithItsToken()
    {
        var (application, _) = await _scene.EndpointAsync("portal");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/applications/{application}?tab=portal");
        await page.PressAsync("Make a link");

        await Expect(page.GetByLabel("Portal link", new() { Exact = true })).ToContainTextAsync("/portal#token=");
    }

    [Fact]
    public async Task Pages_MarkupInUsersTexts_ShowItAsText()
    {
        const string Markup = "<img src=x onerror=window.broken=1>";
        var metadata = new Dictionary<string, string> { [Markup] = Markup };
        var application = await _scene.IdAsync("/app", new { name = Markup, metadata });
        var endpoint = await _scene.IdAsync(
            $"/app/{application}/endpoint",
            new
            {
                url = "http://127.0.0.1:9/?<img/src=x/onerror=window.broken=1>",
                description = Markup,
                metadata,
                headers = new Dictionary<string, string> { ["x-markup"] = Markup },
            });
        await site.Api.PostAsync($"/app/{application}/endpoint/{endpoint}/pause", new { note = Markup }, HttpStatusCode.OK, Cancel);
        var page = await site.SignedInAsync();

        string[] paths =
        [
            "/applications", $"/applications/{application}", $"/applications/{application}?tab=settings", "/endpoints",
            $"/endpoints?app={application}",
            $"/endpoints/{endpoint}", $"/endpoints/{endpoint}?tab=settings", $"/endpoints/{endpoint}?tab=recovery",
        ];
        foreach (var path in paths)
        {
            await page.OpenAsync(path);
            await Expect(page.GetByText("onerror=window.broken").Or(page.Locator("textarea, input")).First).ToBeVisibleAsync();
            (await page.Locator("img[src=x]").CountAsync()).ShouldBe(0, path);
            (await page.EvaluateAsync<bool>("() => 'broken' in window")).ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task Endpoint_ForAViewer_OffersNothingThatActs()
    {
        var (_, receiver) = await _scene.EndpointAsync("looked-at");
        await site.AddViewerAsync(Cancel);
        var page = await site.SignedInAsync(People.Viewer);

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=secret");
        await Expect(page.GetByText("Operators may see it.")).ToBeVisibleAsync();
        foreach (var verb in new[] { "Show the secret", "Rotate", "Pause", "More" })
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = verb })).ToHaveCountAsync(0);

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=settings");
        await Expect(page.GetByText("as the service is set").First).ToBeVisibleAsync();
        await Expect(page.GetByText("None of its own.")).ToBeVisibleAsync();
        foreach (var verb in new[] { "Save", "Set header" })
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = verb })).ToHaveCountAsync(0);

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=recovery");
        await Expect(page.GetByText("Recovery is for operators")).ToBeVisibleAsync();
        await page.OpenAsync("/applications/new");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create application" })).ToHaveCountAsync(0);
    }
}

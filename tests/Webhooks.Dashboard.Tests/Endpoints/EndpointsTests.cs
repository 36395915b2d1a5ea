using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Protocol;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Endpoints;

public sealed class EndpointsTests(DashboardSite site) : IClassFixture<DashboardSite>, IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private Subscriber _subscriber = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _subscriber = await Subscriber.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();

    [Fact]
    public async Task NewApplicationAndEndpoint_TestEvent_IsDeliveredToTheReceiver()
    {
        var receiver = _subscriber.Add("made-by-hand", (_, _) => Task.FromResult(200));
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
    public async Task Pause_Messages_WaitUntilTheyAreResumedAtAPace()
    {
        var (application, receiver) = await EndpointAsync("paused");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}");
        await page.PressAsync("Pause");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Why, for whoever finds it paused").FillAsync("They move house");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByText("until a person resumes it: They move house")).ToBeVisibleAsync();
        await PublishAsync(application, 3);
        await Expect(page.Locator(".figure", new() { HasText = "Waiting" }).Locator("b")).ToHaveTextAsync("3");
        receiver.Received.ShouldBeEmpty();

        await page.PressAsync("Resume …", AriaRole.Link);
        await page.GetByLabel("Deliveries a second").FillAsync("5");
        await page.PressAsync("Resume");

        await Expect(page.Locator(".figure", new() { HasText = "Waiting" }).Locator("b")).ToHaveTextAsync("0");
        await Eventually.TrueAsync(() => receiver.Received.Count == 3, Soon, () => $"{receiver.Received.Count} of 3 arrived.", Cancel);
    }

    [Fact]
    public async Task Rotate_WithGrace_BothSecretsSign()
    {
        var (application, old) = await EndpointAsync("old-secret");
        var renewed = _subscriber.Add("new-secret", (_, _) => Task.FromResult(200));
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

        await PublishAsync(application, 1);
        await Eventually.TrueAsync(() => old.Received.Count == 1, Soon, () => "Nothing arrived under the old secret.", Cancel);
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Of this endpoint" });
        await tabs.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
        await page.GetByLabel("URL").FillAsync(renewed.Url.ToString());
        await page.PressAsync("Save");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(renewed.Url.ToString());
        await PublishAsync(application, 1);
        await Eventually.TrueAsync(() => renewed.Received.Count == 1, Soon, () => "Nothing arrived under the new secret.", Cancel);

        old.Received.Single().Signature.ShouldBe(VerificationResult.Valid);
        renewed.Received.Single().Signature.ShouldBe(VerificationResult.Valid);
        var log = await site.Api.GetAsync("/audit-log", Cancel);
        log.ToString().ShouldContain("v1.endpoint.get-secret");
    }

    [Fact]
    public async Task BulkReplay_CountedFirst_SendsThatMany()
    {
        var (application, receiver) = await EndpointAsync("replayed");
        await PublishAsync(application, 5);
        await Eventually.TrueAsync(() => receiver.Received.Count == 5, Soon, () => $"{receiver.Received.Count} of 5 arrived.", Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=recovery");
        await page.GetByLabel("All that fit a filter").CheckAsync();
        await page.PressAsync("Count first");
        await Expect(page.GetByText("5 messages would be sent; 5 of them the endpoint may have already.")).ToBeVisibleAsync();
        receiver.Received.Count.ShouldBe(5);

        await page.PressAsync("Send 5 messages …");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send 5 messages" }).ClickAsync();

        var tasks = page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Tasks of this endpoint" }) });
        await Expect(tasks.Locator("li", new() { HasText = "Bulk replay" })).ToContainTextAsync("5 sent");
        await Eventually.TrueAsync(() => receiver.Received.Count == 10, Soon, () => $"{receiver.Received.Count} of 10 arrived.", Cancel);
    }

    [Fact]
    public async Task Replay_UnderWay_ShowsItsProgressAndCanBeCanceled()
    {
        var (application, receiver) = await EndpointAsync("canceled");
        var task = await IdAsync($"/app/{application}/endpoint/{receiver.Id}/bulk-replay", new { since = DateTimeOffset.UnixEpoch }, HttpStatusCode.Accepted);
        await Eventually.TrueAsync(
            async cancel => (await site.Api.GetAsync($"/background-task/{task}", cancel)).GetProperty("state").GetString() == "finished",
            Soon, TimeSpan.FromMilliseconds(50), () => "The task does not end.", Cancel);
        await BringBackAsync("""{"dryRun": false, "matched": 1200, "toSend": 1200, "sent": 1200}""");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=recovery");
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Bulk replay" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Bulk replay: 1,200 messages")).ToBeVisibleAsync();
        await page.PressAsync("Cancel");

        await Expect(page.Locator("li", new() { HasText = "Bulk replay" }).GetByText("Canceled")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Filter_TriedWithAPayload_SaysWhatIsInTheWay()
    {
        var (_, receiver) = await EndpointAsync("filtered");
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
        var (_, receiver) = await EndpointAsync("headers");
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
        var (application, receiver) = await EndpointAsync("found");
        var (_, other) = await EndpointAsync("not-found");
        await PauseAsync(application, receiver, "By the book");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints?application={application}&state=paused&text=found");
        var list = page.GetByRole(AriaRole.Table, new() { Name = "Endpoints" });
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = receiver.Url.ToString() })).ToBeVisibleAsync();
        await Expect(list).ToContainTextAsync("By the book");
        await Expect(list.GetByText(other.Url.ToString())).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Application")).ToHaveValueAsync("Application of found");

        foreach (var state in new[] { "healthy", "failing", "resting", "disabled", "held" })
        {
            await page.OpenAsync($"/endpoints?application={application}&state={state}");
            await Expect(page.GetByText("No endpoint fits these filters.")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task DeleteApplication_Confirmed_NamesWhatGoesWithIt()
    {
        var (application, receiver) = await EndpointAsync("deleted");
        await PauseAsync(application, receiver);
        await PublishAsync(application, 2);
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
        var (application, _) = await EndpointAsync("portal");
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
        var application = await IdAsync("/app", new { name = Markup, metadata });
        var endpoint = await IdAsync(
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
            $"/endpoints?application={application}",
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
        var (_, receiver) = await EndpointAsync("looked-at");
        await site.AddViewerAsync(Cancel);
        var page = await site.SignedInAsync(People.Viewer);

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=secret");
        await Expect(page.GetByText("Operators may see it.")).ToBeVisibleAsync();
        foreach (var verb in new[] { "Show the secret", "Rotate", "Pause", "More" })
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = verb })).ToHaveCountAsync(0);

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=recovery");
        await Expect(page.GetByText("Recovery is for operators")).ToBeVisibleAsync();
        await page.OpenAsync("/applications/new");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create application" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("dark", ColorScheme.Dark, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task Pages_WithWhatTheyShow_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var (application, healthy) = await EndpointAsync($"healthy-{look}");
        await SetUpAsync(application, healthy);
        var page = await site.SignedInAsync(theme: theme, isPhone: isPhone);

        (string Name, string Path)[] paths =
        [
            ("endpoints-list", "/endpoints"), ("applications-list", "/applications"), ("application", $"/applications/{application}"),
            ("application-settings", $"/applications/{application}?tab=settings"),
            ("application-portal", $"/applications/{application}?tab=portal"),
            ("endpoint-new", $"/applications/{application}/endpoints/new"), ("endpoint", $"/endpoints/{healthy.Id}"),
            ("endpoint-attempts", $"/endpoints/{healthy.Id}?show=attempts"), ("endpoint-settings", $"/endpoints/{healthy.Id}?tab=settings"),
            ("endpoint-secret", $"/endpoints/{healthy.Id}?tab=secret"), ("endpoint-recovery", $"/endpoints/{healthy.Id}?tab=recovery"),
        ];
        foreach (var (name, path) in paths)
        {
            await page.OpenAsync(path);
            await page.ShootAsync($"{name}-{look}");
            await page.ShouldBeAccessibleAsync();
        }
    }

    private async Task SetUpAsync(string application, SubscribedEndpoint endpoint)
    {
        await PutAsync("/event-type/invoice.paid", """{"description": "An invoice was paid in full."}""");
        await PublishAsync(application, 4);
        await Eventually.TrueAsync(() => endpoint.Received.Count == 4, Soon, () => $"{endpoint.Received.Count} of 4 arrived.", Cancel);
        await PatchAsync($"/app/{application}", """{"throttleRate": 100, "metadata": {"plan": "gold"}}""");
        await PatchAsync(
            $"/app/{application}/endpoint/{endpoint.Id}",
            """
            {
              "description": "Order system", "eventTypes": ["invoice.paid"], "throttleRate": 50, "metadata": {"team": "billing"},
              "filter": {"and": [{"path": "$.number", "gte": 0}]}
            }
            """);
        var path = $"/app/{application}/endpoint/{endpoint.Id}";
        await PatchAsync($"{path}/headers", """{"headers": {"x-tenant": "acme", "authorization": "Bearer abc"}}""");
        await IdAsync($"{path}/bulk-replay", new { since = DateTimeOffset.UnixEpoch, dryRun = true }, HttpStatusCode.Accepted);
        var refusing = _subscriber.Add($"refusing-{endpoint.Name}", (_, _) => Task.FromResult(503));
        await site.Api.CreateEndpointAsync(application, refusing, Cancel);
        var paused = _subscriber.Add($"paused-{endpoint.Name}", (_, _) => Task.FromResult(200));
        await site.Api.CreateEndpointAsync(application, paused, Cancel);
        await PauseAsync(application, paused, "They move house");
        await PublishAsync(application, 2);
        await Eventually.TrueAsync(() => refusing.Received.Count > 0, Soon, () => "Nothing was refused.", Cancel);
    }

    private Task PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    private Task PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    private async Task SendAsync(HttpMethod method, string path, string json)
    {
        using var response = await site.Api.SendAsync(method, path, json, null, Soon, Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
    }

    // As if a worker had just moved the newest task on, and were about to do its next step: others leave it alone for a while.
    private async Task BringBackAsync(string progress)
    {
        await using var database = new SqliteConnection($"Data Source={site.Home.DatabaseFile}");
        await database.OpenAsync(Cancel);
        await using var command = database.CreateCommand();
        command.CommandText = """
            UPDATE background_tasks SET state = 0, finished_at = NULL, progress = $progress, updated_at = $now
            WHERE id = (SELECT MAX(id) FROM background_tasks)
            """;
        command.Parameters.AddWithValue("$progress", progress);
        command.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
        (await command.ExecuteNonQueryAsync(Cancel)).ShouldBe(1);
    }

    private async Task<(string Application, SubscribedEndpoint Receiver)> EndpointAsync(string name)
    {
        var application = await IdAsync("/app", new { name = $"Application of {name}" });
        var receiver = _subscriber.Add(name, (_, _) => Task.FromResult(200));
        await site.Api.CreateEndpointAsync(application, receiver, Cancel);
        return (application, receiver);
    }

    private async Task<string> IdAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.Created) =>
        (await site.Api.PostAsync(path, body, expected, Cancel)).GetProperty("id").GetString()!;

    private Task<string> PauseAsync(string application, SubscribedEndpoint endpoint, string? note = null) =>
        IdAsync($"/app/{application}/endpoint/{endpoint.Id}/pause", new { note }, HttpStatusCode.OK);

    private async Task PublishAsync(string application, int count)
    {
        for (var number = 0; number < count; number++)
            await IdAsync($"/app/{application}/msg", new { eventType = "invoice.paid", payload = new { number } }, HttpStatusCode.Accepted);
    }
}

using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Endpoints;

[Collection(EndpointPages.Name)]
public sealed class EndpointRecoveryTests(DashboardSite site) : IAsyncLifetime
{
    private readonly EndpointScene _scene = new(site);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Pause_Messages_WaitUntilTheyAreResumedAtAPace()
    {
        var (application, receiver) = await _scene.EndpointAsync("paused");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}");
        await page.PressAsync("Pause");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Why, for whoever finds it paused").FillAsync("They move house");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByText("until a person resumes it: They move house")).ToBeVisibleAsync();
        await _scene.PublishAsync(application, 3);
        await Expect(page.Locator(".figure", new() { HasText = "Waiting" }).Locator("b")).ToHaveTextAsync("3");
        receiver.Received.ShouldBeEmpty();

        await page.PressAsync("Resume …", AriaRole.Link);
        await page.GetByLabel("Deliveries a second").FillAsync("5");
        await page.PressAsync("Resume");

        await Expect(page.Locator(".figure", new() { HasText = "Waiting" }).Locator("b")).ToHaveTextAsync("0");
        await Eventually.TrueAsync(() => receiver.Received.Count == 3, EndpointScene.Soon, () => $"{receiver.Received.Count} of 3 arrived.", Cancel);
    }

    [Fact]
    public async Task BulkReplay_CountedFirst_SendsThatMany()
    {
        var (application, receiver) = await _scene.EndpointAsync("replayed");
        await _scene.PublishAsync(application, 5);
        await Eventually.TrueAsync(() => receiver.Received.Count == 5, EndpointScene.Soon, () => $"{receiver.Received.Count} of 5 arrived.", Cancel);
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
        await Eventually.TrueAsync(() => receiver.Received.Count == 10, EndpointScene.Soon, () => $"{receiver.Received.Count} of 10 arrived.", Cancel);
    }

    [Fact]
    public async Task Replay_UnderWay_ShowsItsProgressAndCanBeCanceled()
    {
        var (application, receiver) = await _scene.EndpointAsync("canceled");
        var task = await _scene.IdAsync(
            $"/app/{application}/endpoint/{receiver.Id}/bulk-replay", new { since = DateTimeOffset.UnixEpoch }, HttpStatusCode.Accepted);
        await Eventually.TrueAsync(
            async cancel => (await site.Api.GetAsync($"/background-task/{task}", cancel)).GetProperty("state").GetString() == "finished",
            EndpointScene.Soon, TimeSpan.FromMilliseconds(50), () => "The task does not end.", Cancel);
        await _scene.BringBackAsync("""{"dryRun": false, "matched": 1200, "toSend": 1200, "sent": 1200}""");
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/endpoints/{receiver.Id}?tab=recovery");
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Bulk replay" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Bulk replay: 1,200 messages")).ToBeVisibleAsync();
        await page.PressAsync("Cancel");

        await Expect(page.Locator("li", new() { HasText = "Bulk replay" }).GetByText("Canceled")).ToBeVisibleAsync();
    }
}

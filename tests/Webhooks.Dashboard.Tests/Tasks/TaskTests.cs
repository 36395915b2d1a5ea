using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Tasks;

[Collection(Failures.Name)]
public sealed class TaskTests(FailuresSite site)
{
    private static readonly string[] Types = ["task.canceled"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_OfATaskUnderWay_EndsItAndLeavesTheRest()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 6, type: "task.canceled");
        await using var another = await FailingEndpoint.StartAsync(site, letters: 6, type: "task.canceled");
        var page = await site.SignedInAsync();
        var task = await StartAsync(new { eventTypes = Types, ratePerSecond = 1 });

        await page.OpenAsync("/tasks?status=running");
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay dead letters" }).First.ClickAsync();
        await page.WaitForURLAsync($"**/tasks/{task}");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("1 a second");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the task" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel the task" }).ClickAsync();

        await Expect(page.Locator(".chip").First).ToHaveTextAsync("Canceled");
        await Expect(page.Locator("main")).ToContainTextAsync("What it did until then stays done.");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        (await site.Api.GetAsync("/dead-letter?event_types=task.canceled&state=undecided", Cancel)).GetProperty("data").GetArrayLength()
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Task_ThatDiscarded_ShowsItsReasonAsText()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1);
        var reason = $"Not wanted {Scripts.Image}";
        var started = await site.Api.PostAsync(
            "/dead-letter/discard", new { appId = failing.App, reason }, HttpStatusCode.Accepted, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/tasks/{started.GetProperty("id").GetString()}");

        await Expect(page.Locator("main")).ToContainTextAsync("Finished");
        await Expect(page.Locator("main")).ToContainTextAsync("1Discarded");
        await Expect(page.Locator("main")).ToContainTextAsync(reason);
        await page.ShouldHoldNoScriptAsync();
    }

    [Fact]
    public async Task Task_ThatIsNone_IsSaidSo()
    {
        var page = await site.SignedInAsync();

        await page.OpenAsync("/tasks/qtask_none");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such task" })).ToBeVisibleAsync();
    }

    private async Task<string> StartAsync(object asked) =>
        (await site.Api.PostAsync("/dead-letter/replay", asked, HttpStatusCode.Accepted, Cancel)).GetProperty("id").GetString()!;
}

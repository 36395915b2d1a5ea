using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.EndToEndTests.Incidents;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Incidents;

[Collection(Failures.Name)]
public sealed class IncidentTests(FailuresSite site)
{
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 60_000 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Incident_FromTheBoard_IsAcknowledgedAssignedSnoozedCommentedAndResolved()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1, name: $"Acme {Scripts.Image}");
        var incident = await failing.IncidentAsync();
        var page = await site.SignedInAsync();
        var timeline = page.Locator(".timeline");

        await page.OpenAsync("/incidents?kind=rejected");
        await page.Locator(".card-open").Filter(new() { HasText = failing.Endpoint.Url.ToString() }).ClickAsync();
        await page.WaitForURLAsync($"**/incidents/{incident}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.Locator(".page-under .chip")).ToHaveTextAsync("Acknowledged");
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Expect(page.GetByLabel("Who sees to it")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"Ada {Scripts.Image}");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync($"Ada {Scripts.Image}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Expect(page.Locator("datalist option[value=admin]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Me (admin)" }).ClickAsync();
        await Expect(timeline).ToContainTextAsync("Assigned to admin.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Snooze" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "for 4 hours" }).ClickAsync();
        await Expect(page.Locator(".page-under")).ToContainTextAsync("snoozed, wakes up in 4 h");
        await Expect(timeline).ToContainTextAsync(new Regex(@"Nobody is told before .* \+0[12]:00\."));
        await page.GetByLabel("Comment").FillAsync($"They deploy {Scripts.Image}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();
        await Expect(timeline).ToContainTextAsync($"They deploy {Scripts.Image}");
        await Expect(page.GetByLabel("Comment")).ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("1 undecided dead letter stays in the list.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();

        await Expect(page.Locator(".page-under .chip")).ToHaveTextAsync("Resolved");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Assign" })).ToHaveCountAsync(0);
        await Expect(timeline).ToContainTextAsync("admin");
        await page.ShouldHoldNoScriptAsync();
        await page.OpenAsync("/incidents?assignee=admin");
        await Expect(page.Locator(".card-resolved").Filter(new() { HasText = failing.Endpoint.Url.ToString() })).ToBeVisibleAsync();
        await page.OpenAsync("/incidents?state=resolved&assignee=admin");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = failing.Endpoint.Url.ToString() })).ToBeVisibleAsync();
        await page.OpenAsync($"/audit-log?app={failing.App}&who=admin");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "an incident" })).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task Incident_OfAnApplicationWithAPolicy_ShowsWhoWasTold()
    {
        await using var alerts = await AlertReceiver.StartAsync(answersAfter: null, Cancel);
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 0);
        await TellAsync(failing.App, alerts);
        await site.Api.PostAsync(
            $"/app/{failing.App}/msg", new { eventType = "invoice.paid", payload = new { } }, HttpStatusCode.Accepted, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/incidents/{await failing.IncidentAsync()}");

        await Expect(page.Locator("section").Filter(new() { HasText = "Who was told" })).ToContainTextAsync("Sent", Soon);
        await Expect(page.Locator("section").Filter(new() { HasText = "Who was told" })).ToContainTextAsync("On-call team (Signed webhook)");
        await Expect(page.Locator("section").Filter(new() { HasText = "Who was told" })).ToContainTextAsync("step 1 of the policy");
        await page.GetByRole(AriaRole.Link, new() { Name = "1 undecided", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "invoice.paid" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pages_ForAViewer_ShowTheIncidentAndNoButtons()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1);
        await site.AddViewerAsync(Cancel);
        var page = await site.SignedInAsync(People.Viewer);

        await page.OpenAsync($"/incidents/{await failing.IncidentAsync()}");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Refused by the subscriber");
        foreach (var action in new[] { "Acknowledge", "Assign", "Snooze", "Resolve", "Add comment" })
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = action })).ToHaveCountAsync(0);
    }

    private async Task TellAsync(string app, AlertReceiver alerts)
    {
        var channel = await site.Api.PostAsync(
            "/channel", new { name = "On-call team", type = "webhook", settings = new { url = alerts.Url, secret = alerts.Secret } },
            HttpStatusCode.Created, Cancel);
        var steps = new[] { new { afterMinutes = 0, channels = new[] { channel.GetProperty("id").GetString() } } };
        await site.Api.PostAsync("/escalation-policy", new { name = "Acme", applicationId = app, steps }, HttpStatusCode.Created, Cancel);
    }
}

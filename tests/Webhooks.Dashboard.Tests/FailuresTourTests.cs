using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests;

/// <summary>The pages about failures with something on them, in each look: accessible, and as people will see them.</summary>
[Collection(Failures.Name)]
public sealed class FailuresTourTests(FailuresSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_WithFailures_AreAccessibleInEachLook()
    {
        await using var acme = await FailingEndpoint.StartAsync(site, letters: 3, name: "Acme Logistics");
        await using var globex = await FailingEndpoint.StartAsync(site, letters: 2, name: "Globex", type: "shipment.delayed");
        var pages = await GivenAsync(acme, globex);

        foreach (var (look, theme, isPhone) in new[]
                 {
                     ("light", ColorScheme.Light, false), ("dark", ColorScheme.Dark, false), ("phone", ColorScheme.Light, true),
                 })
        {
            var page = await site.SignedInAsync(theme: theme, isPhone: isPhone);
            foreach (var (name, path) in pages)
            {
                await page.OpenAsync(path);
                await TourTests.ShootAsync(page, $"{name}-{look}");
                await page.ShouldBeAccessibleAsync();
            }
        }
    }

    private async Task<(string Name, string Path)[]> GivenAsync(FailingEndpoint acme, FailingEndpoint globex)
    {
        var incident = await acme.IncidentAsync();
        await site.Api.PostAsync($"/incident/{incident}/acknowledge", new { }, HttpStatusCode.OK, Cancel);
        await site.Api.PostAsync($"/incident/{incident}/assign", new { assignee = "Ada" }, HttpStatusCode.OK, Cancel);
        await site.Api.PostAsync(
            $"/incident/{incident}/comment", new { text = "Their certificate ran out; they renew it today." }, HttpStatusCode.OK, Cancel);
        var letter = (await globex.LettersAsync("open", 2))[0];
        await site.Api.PostAsync(
            $"/dead-letter/{letter}/discard", new { reason = "The customer has booked it by hand." }, HttpStatusCode.OK, Cancel);
        var task = await site.Api.PostAsync(
            "/dead-letter/replay", new { appId = acme.App, dryRun = true }, HttpStatusCode.Accepted, Cancel);
        var undecided = (await acme.LettersAsync("acknowledged", 3))[0];
        return
        [
            ("incidents", "/incidents"),
            ("incident", $"/incidents/{incident}"),
            ("dead-letters", "/dead-letters"),
            ("dead-letters-list", $"/dead-letters?view=list&app={acme.App}"),
            ("dead-letter", $"/dead-letters/{undecided}"),
            ("dead-letter-discarded", $"/dead-letters/{letter}"),
            ("tasks", "/tasks"),
            ("task", $"/tasks/{task.GetProperty("id").GetString()}"),
            ("ledger", "/ledger"),
            ("ledger-hours", "/ledger?by=hour"),
            ("ledger-seals", "/ledger?by=seals"),
            ("audit-log", "/audit-log"),
        ];
    }
}

using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests;

/// <summary>Every page over a week of data, in both themes and on a phone: accessible, and as docs/dashboard.md shows it.</summary>
public sealed class TourTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static readonly string[] OnPhones =
    [
        "overview", "messages", "message", "endpoints", "endpoint", "endpoint-recovery", "dead-letters", "dead-letters-list", "dead-letter",
        "incidents", "incident", "tasks", "ledger", "audit-log", "settings-channels",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("dark", ColorScheme.Dark, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task Pages_InEachLook_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var page = await site.SignedInAsync(theme: theme, isPhone: isPhone);

        // On a phone, those that people look at on one; the others are made of the same parts.
        var pages = await PagesAsync();
        await ShouldBeAccessibleAsync(page, look, isPhone ? [.. pages.Where(p => OnPhones.Contains(p.Name))] : pages);
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task PortalPages_InEachLook_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var page = await site.NewPageAsync(theme, isPhone);
        var application = await FirstAsync("/app");
        var access = await site.Api.PostAsync($"/auth/app-portal-access/{application}", new { }, HttpStatusCode.OK, Cancel);
        await page.OpenAsync(access.GetProperty("url").GetString()!);

        await ShouldBeAccessibleAsync(page, look,
        [
            ("portal", "/portal"),
            ("portal-endpoint", $"/portal/endpoints/{await FirstAsync($"/app/{application}/endpoint")}"),
            ("portal-messages", "/portal/messages"),
            ("portal-message", $"/portal/messages/{await FirstAsync($"/app/{application}/msg")}"),
            ("portal-event-types", "/portal/event-types"),
        ]);
    }

    private static async Task ShouldBeAccessibleAsync(IPage page, string look, IReadOnlyList<(string Name, string Path)> pages)
    {
        var barriers = new List<string>();
        foreach (var (name, path) in pages)
        {
            await page.OpenAsync(path);
            await page.ShootAsync($"{name}-{look}");
            barriers.AddRange(await page.FindBarriersAsync());
        }

        barriers.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync()
    {
        var letter = (await ListAsync("/dead-letter?state=open"))[0];
        var (application, endpoint) = (letter.GetProperty("applicationId").GetString(), letter.GetProperty("endpointId").GetString());
        return
        [
            ("overview", "/"),
            ("messages", "/messages"),
            ("message", $"/messages/{letter.GetProperty("msgId").GetString()}"),
            ("endpoints", "/endpoints"),
            ("endpoint", $"/endpoints/{endpoint}"),
            ("endpoint-attempts", $"/endpoints/{endpoint}?show=attempts"),
            ("endpoint-settings", $"/endpoints/{endpoint}?tab=settings"),
            ("endpoint-secret", $"/endpoints/{endpoint}?tab=secret"),
            ("endpoint-recovery", $"/endpoints/{endpoint}?tab=recovery"),
            ("dead-letters", "/dead-letters"),
            ("dead-letters-list", "/dead-letters?view=list"),
            ("dead-letter", $"/dead-letters/{letter.GetProperty("id").GetString()}"),
            ("incidents", "/incidents?state=all"),
            ("incident", $"/incidents/{await FirstAsync("/incident?state=acknowledged")}"),
            ("applications", "/applications"),
            ("application", $"/applications/{application}"),
            ("application-settings", $"/applications/{application}?tab=settings"),
            ("application-portal", $"/applications/{application}?tab=portal"),
            ("application-new", "/applications/new"),
            ("endpoint-new", $"/applications/{application}/endpoints/new"),
            ("event-types", "/event-types"),
            ("event-type", $"/event-types/{letter.GetProperty("eventType").GetString()}"),
            ("event-type-new", "/new-event-type"),
            ("tasks", "/tasks"),
            ("task", $"/tasks/{await FirstAsync("/background-task")}"),
            ("ledger", "/ledger"),
            ("ledger-hours", "/ledger?by=hour"),
            ("ledger-seals", "/ledger?by=seals"),
            ("audit-log", "/audit-log"),
            ("settings-escalation", "/settings/escalation"),
            ("settings-escalation-policy", $"/settings/escalation/{await FirstAsync("/escalation-policy")}"),
            ("settings-escalation-new", "/settings/escalation/new"),
            ("settings-channels", "/settings/channels"),
            ("settings-channel", $"/settings/channels/{await FirstAsync("/channel")}"),
            ("settings-channel-new", "/settings/channels/new"),
            ("settings-api-keys", "/settings/api-keys"),
            ("settings-api-key-new", "/settings/api-keys/new"),
            ("settings-operators", "/settings/operators"),
            ("settings-operator-new", "/settings/operators/new"),
            ("settings-nodes", "/settings/nodes"),
            ("account", "/account"),
            ("account-password", "/account/password"),
            ("account-two-factor", "/account/two-factor"),
        ];
    }

    private async Task<string> FirstAsync(string path) => (await ListAsync(path))[0].GetProperty("id").GetString()!;

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await site.Api.GetAsync(path, Cancel)).GetProperty("data").EnumerateArray()];
}

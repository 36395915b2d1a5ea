using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests;

/// <summary>Every page in both themes and on a phone: accessible, and as docs/dashboard.md shows it.</summary>
public sealed class TourTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"),
        ("messages", "/messages"),
        ("incidents", "/incidents"),
        ("endpoints", "/endpoints"),
        ("applications", "/applications"),
        ("application-new", "/applications/new"),
        ("event-types", "/event-types"),
        ("event-type-new", "/new-event-type"),
        ("dead-letters", "/dead-letters"),
        ("ledger", "/ledger"),
        ("tasks", "/tasks"),
        ("audit-log", "/audit-log"),
        ("settings-escalation", "/settings/escalation"),
        ("settings-escalation-new", "/settings/escalation/new"),
        ("settings-channels", "/settings/channels"),
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

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("dark", ColorScheme.Dark, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task Pages_InEachLook_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var page = await site.SignedInAsync(theme: theme, isPhone: isPhone);

        foreach (var (name, path) in Pages)
        {
            await page.OpenAsync(path);
            await page.ShootAsync($"{name}-{look}");
            await page.ShouldBeAccessibleAsync();
        }
    }

    internal static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}

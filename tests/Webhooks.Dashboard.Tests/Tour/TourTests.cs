using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests.Tour;

/// <summary>Every page over a week of data, in both themes and on a phone: accessible, and as docs/dashboard.md shows it.</summary>
public sealed class TourTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("dark", ColorScheme.Dark, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task Pages_InEachLook_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var page = await site.SignedInAsync(theme: theme, isPhone: isPhone);

        await ShouldBeAccessibleAsync(page, look, TourPages.All.With(await IdsAsync()));
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("dark", ColorScheme.Dark, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task PortalPages_InEachLook_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var page = await site.NewPageAsync(theme, isPhone);
        var application = await FirstAsync("/app");
        var access = await site.Api.PostAsync($"/auth/app-portal-access/{application}", new { }, HttpStatusCode.OK, Cancel);
        await page.OpenAsync(access.GetProperty("url").GetString()!);

        await ShouldBeAccessibleAsync(page, look, TourPages.Outside.With(new Dictionary<string, string>
        {
            ["endpoint"] = await FirstAsync($"/app/{application}/endpoint"),
            ["message"] = await FirstAsync($"/app/{application}/msg"),
        }));
    }

    // The page is the same in each look, and axe takes its time: in the dark only colors can differ, and on a phone it looks at those that
    // have parts of their own there. None is wider than the phone.
    private static async Task ShouldBeAccessibleAsync(IPage page, string look, IReadOnlyList<(string Name, string Path)> pages)
    {
        var barriers = new List<string>();
        foreach (var (name, path) in pages)
        {
            await page.OpenAsync(path);
            await page.ShootAsync($"{name}-{look}");
            if (look == "phone")
                barriers.AddRange(await page.FindOverflowAsync());
            if (look != "phone" || TourPages.OnPhones.Contains(name))
                barriers.AddRange(await page.FindBarriersAsync(look == "dark" ? ["color-contrast"] : []));
            if (look == "light" && TourPages.Tabbed.Contains(name))
                barriers.AddRange(await page.FindHiddenFocusAsync(stops: 40));
        }

        barriers.ShouldBeEmpty();
    }

    private async Task<IReadOnlyDictionary<string, string>> IdsAsync()
    {
        var letter = (await ListAsync("/dead-letter?state=open"))[0];
        return new Dictionary<string, string>
        {
            ["application"] = letter.GetProperty("applicationId").GetString()!,
            ["endpoint"] = letter.GetProperty("endpointId").GetString()!,
            ["message"] = letter.GetProperty("msgId").GetString()!,
            ["letter"] = letter.GetProperty("id").GetString()!,
            ["type"] = letter.GetProperty("eventType").GetString()!,
            ["incident"] = await FirstAsync("/incident?state=acknowledged"),
            ["task"] = await FirstAsync("/background-task"),
            ["policy"] = await FirstAsync("/escalation-policy"),
            ["channel"] = await FirstAsync("/channel"),
        };
    }

    private async Task<string> FirstAsync(string path) => (await ListAsync(path))[0].GetProperty("id").GetString()!;

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await site.Api.GetAsync(path, Cancel)).GetProperty("data").EnumerateArray()];
}

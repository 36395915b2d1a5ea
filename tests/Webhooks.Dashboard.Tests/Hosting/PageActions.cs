using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>What tests do with pages again and again.</summary>
internal static class PageActions
{
    /// <summary>Where screenshots go to; unset, none are taken.</summary>
    private const string ScreenshotsVariable = "WEBHOOKS_SCREENSHOTS";

    private static readonly string[] Counted = ["serious", "critical"];

    public static async Task SignInAsync(this IPage page, string name, string password)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Presses the button, or follows the link, of that name.</summary>
    public static Task PressAsync(this IPage page, string name, AriaRole role = AriaRole.Button) =>
        page.GetByRole(role, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Opens a page of the dashboard and waits until it shows what it has read.</summary>
    public static async Task OpenAsync(this IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator("html[data-theme], main.sign-in").First.WaitForAsync();
        await page.Locator("h1").First.WaitForAsync();
        await page.SettleAsync();
    }

    /// <summary>Waits until nothing is being loaded any more.</summary>
    public static Task SettleAsync(this IPage page) => Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);

    /// <summary>Takes a picture of what the window shows, where somebody wants pictures.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ScreenshotsVariable) is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = false });
    }

    /// <summary>Axe finds no serious or critical violation.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page) => (await page.FindBarriersAsync()).ShouldBeEmpty();

    /// <summary>What axe finds that is serious or critical.</summary>
    public static async Task<IReadOnlyList<string>> FindBarriersAsync(this IPage page)
    {
        var result = await page.RunAxe();
        return [.. result.Violations.Where(v => Counted.Contains(v.Impact)).Select(v => $"{page.Url}: {Text(v)}")];
    }

    private static string Text(AxeResultItem violation) =>
        $"{violation.Impact} {violation.Id}: {violation.Help}\n    " + string.Join("\n    ", violation.Nodes.Take(5).Select(node => node.Html));
}

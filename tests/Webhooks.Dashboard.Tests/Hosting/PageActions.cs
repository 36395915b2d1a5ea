using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>What tests do with pages again and again.</summary>
internal static class PageActions
{
    /// <summary>Where screenshots go to; unset, none are taken.</summary>
    private const string ScreenshotsVariable = "WEBHOOKS_SCREENSHOTS";

    // Fields show it by their frame, boxes and the links of rows by an outline around more than themselves.
    private const string HiddenFocus = """
        () => {
          const element = document.activeElement;
          if (element === document.body || element.closest('.mud-input, .search')) return null;
          const isOutlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const box = element.closest('.mud-icon-button') ?? element;
          return [getComputedStyle(element), getComputedStyle(element, '::after'), getComputedStyle(box)].some(isOutlined)
            ? null : element.outerHTML.slice(0, 160);
        }
        """;

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
    /// <param name="page">What it looks at.</param>
    /// <param name="rules">Which of its rules; none for all.</param>
    public static async Task<IReadOnlyList<string>> FindBarriersAsync(this IPage page, params string[] rules)
    {
        var result = await page.RunAxe(rules.Length == 0 ? null : new AxeRunOptions { RunOnly = RunOnlyOptions.Rules(rules) });
        return [.. result.Violations.Where(v => Counted.Contains(v.Impact)).Select(v => $"{page.Url}: {Text(v)}")];
    }

    /// <summary>By how much the page is wider than its window.</summary>
    public static async Task<IReadOnlyList<string>> FindOverflowAsync(this IPage page)
    {
        var pixels = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return pixels > 0 ? [$"{page.Url} is {pixels} px too wide"] : [];
    }

    /// <summary>Stops of the Tab key on which nothing shows where the focus is.</summary>
    public static async Task<IReadOnlyList<string>> FindHiddenFocusAsync(this IPage page, int stops)
    {
        var hidden = new List<string>();
        for (var stop = 0; stop < stops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>(HiddenFocus) is { } element)
                hidden.Add($"{page.Url}: no focus is seen on {element}");
        }

        return hidden;
    }

    private static string Text(AxeResultItem violation) =>
        $"{violation.Impact} {violation.Id}: {violation.Help}\n    " + string.Join("\n    ", violation.Nodes.Take(5).Select(node => node.Html));
}

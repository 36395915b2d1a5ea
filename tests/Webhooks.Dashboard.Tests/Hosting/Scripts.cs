using Microsoft.Playwright;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>Texts of users that would be elements if they were not shown as texts.</summary>
internal static class Scripts
{
    /// <summary>An element that would run a script.</summary>
    public const string Image = "<img src=x onerror=alert(1)>";

    /// <summary>None of the page's texts became an element.</summary>
    public static Task ShouldHoldNoScriptAsync(this IPage page) =>
        Assertions.Expect(page.Locator("img[src='x'], [onerror]")).ToHaveCountAsync(0);
}

using Microsoft.Playwright;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>The system's own Chromium: nothing is downloaded. Tests skip where it is not installed, and fail where it is required.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright) => await playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Find(),
        Headless = true,
        Args = Arguments,
    });

    private static string Find()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var found = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (found is null)
            Tools.Missing("chromium", "Chromium is not installed");
        return found!;
    }
}

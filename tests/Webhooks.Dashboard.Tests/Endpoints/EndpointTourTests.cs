using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests.Endpoints;

[Collection(EndpointPages.Name)]
public sealed class EndpointTourTests(DashboardSite site) : IAsyncLifetime
{
    private readonly EndpointScene _scene = new(site);

    public ValueTask InitializeAsync() => _scene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("light", ColorScheme.Light, false)]
    [InlineData("dark", ColorScheme.Dark, false)]
    [InlineData("phone", ColorScheme.Light, true)]
    public async Task Pages_WithWhatTheyShow_AreAccessible(string look, ColorScheme theme, bool isPhone)
    {
        var (application, healthy) = await _scene.EndpointAsync($"healthy-{look}");
        await _scene.FillAsync(application, healthy);
        var page = await site.SignedInAsync(theme: theme, isPhone: isPhone);

        (string Name, string Path)[] paths =
        [
            ("endpoints-list", "/endpoints"), ("applications-list", "/applications"), ("application", $"/applications/{application}"),
            ("application-settings", $"/applications/{application}?tab=settings"),
            ("application-portal", $"/applications/{application}?tab=portal"),
            ("endpoint-new", $"/applications/{application}/endpoints/new"), ("endpoint", $"/endpoints/{healthy.Id}"),
            ("endpoint-attempts", $"/endpoints/{healthy.Id}?show=attempts"), ("endpoint-settings", $"/endpoints/{healthy.Id}?tab=settings"),
            ("endpoint-secret", $"/endpoints/{healthy.Id}?tab=secret"), ("endpoint-recovery", $"/endpoints/{healthy.Id}?tab=recovery"),
        ];
        foreach (var (name, path) in paths)
        {
            await page.OpenAsync(path);
            await page.ShootAsync($"{name}-{look}");
            await page.ShouldBeAccessibleAsync();
        }
    }
}

using Microsoft.Playwright;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>The real server with its dashboard, and a real browser before it. One for each test class.</summary>
public class DashboardSite : IAsyncLifetime
{
    public const string Administrator = "admin";
    public const string Password = "correct horse battery staple";

    // Generous: it only says when a test has failed. Milliseconds.
    private const float TimeLimit = 60_000;

    private readonly ServerHome _home = new();
    private IPlaywright _playwright = null!;
    private ServerProcess _server = null!;

    public IBrowser Browser { get; private set; } = null!;

    public Uri Address => _home.Address;

    internal ServerHome Home => _home;

    internal ServerProcess Server => _server;

    /// <summary>The API as the operator's programs call it.</summary>
    internal Api Api => new(Address, ServerHome.BootstrapKey);

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(TimeLimit);
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        _home.Settings["Webhooks__Dashboard__AdministratorPassword"] = Password;
        _home.Settings["Webhooks__Delivery__AllowedNetworks__0"] = "127.0.0.0/8";
        await PrepareAsync();
        _server = await ServerProcess.StartReadyAsync(_home, TestContext.Current.CancellationToken);
    }

    /// <summary>What has to be there before the server starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>What goes when the server has gone.</summary>
    protected virtual ValueTask EndAsync() => ValueTask.CompletedTask;

    /// <summary>Ends the server, does something with its data, and starts it again.</summary>
    internal async Task WhileStoppedAsync(Func<Task> act)
    {
        await _server.DisposeAsync();
        await act();
        _server = await ServerProcess.StartReadyAsync(_home, TestContext.Current.CancellationToken);
    }

    /// <summary>A browser of its own, in which nobody is signed in.</summary>
    public async Task<IPage> NewPageAsync(ColorScheme theme = ColorScheme.Light, bool isPhone = false)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            ColorScheme = theme,
            ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(TimeLimit);
        return await context.NewPageAsync();
    }

    /// <summary>A browser of its own, signed in.</summary>
    public async Task<IPage> SignedInAsync(
        string name = Administrator, string password = Password, ColorScheme theme = ColorScheme.Light, bool isPhone = false)
    {
        var page = await NewPageAsync(theme, isPhone);
        await page.GotoAsync("/sign-in");
        await page.SignInAsync(name, password);
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Address, "/").ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null)
            await _server.DisposeAsync();
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        _home.Dispose();
        await EndAsync();
    }
}

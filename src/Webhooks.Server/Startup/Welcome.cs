using Webhooks.Core.ApiKeys;

namespace Webhooks.Server.Startup;

/// <summary>Tells, once the server listens, what a person needs next. The key is shown in Development only, and never logged.</summary>
internal static class Welcome
{
    public static void ShowWelcome(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
            app.Lifetime.ApplicationStarted.Register(() => _ = ShowAsync(app));
        else
            app.Lifetime.ApplicationStarted.Register(() => _ = WarnWithoutKeysAsync(app));
    }

    private static async Task ShowAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var firstKey = scope.ServiceProvider.GetRequiredService<FirstKey>();
        var key = await firstKey.GetAsync(app.Lifetime.ApplicationStopping);
        var address = app.Urls.First().TrimEnd('/');

        await Console.Out.WriteLineAsync($"""

              Webhooks is ready.

                API         {address}/api/v1
                API key     {key}
                            (kept in {firstKey.FilePath})
                Swagger     {address}/swagger
                Test inbox  {address}/inbox/my-inbox

            """);
    }
}

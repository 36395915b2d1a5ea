namespace Webhooks.Server.Startup;

/// <summary>Tells, once the server listens, what a person needs next. Written to the console and not to the log: it shows a key.</summary>
internal static class Welcome
{
    public static void ShowWelcomeOnceStarted(this WebApplication app, FirstKey.Kept key) =>
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Text(app.Urls.First().TrimEnd('/'), key)));

    private static string Text(string address, FirstKey.Kept key) => $"""

          Webhooks is ready.

            API         {address}/api/v1
            API key     {key.Secret}
                        (kept in {key.File})
            Swagger     {address}/swagger
            Test inbox  {address}/inbox/my-inbox

        """;
}

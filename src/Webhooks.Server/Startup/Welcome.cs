using System.Text;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Server.Startup;

/// <summary>Tells, once the server listens, what a person needs next. Written to the console and not to the log: it shows secrets.</summary>
internal static class Welcome
{
    /// <param name="key">The key of Development; null elsewhere.</param>
    /// <param name="administrator">Whom this start made; null when there is nobody new.</param>
    public static void ShowWelcomeOnceStarted(this WebApplication app, FirstKey.Kept? key, FirstAdministrator.Made? administrator)
    {
        if (key is not null || administrator is not null)
            app.Lifetime.ApplicationStarted.Register(() =>
                ConsoleOf(app.Environment).WriteLine(Text(app.Urls.First().TrimEnd('/'), key, administrator)));
    }

    // In production the other stream is the log: one JSON object a line.
    private static TextWriter ConsoleOf(IHostEnvironment environment) => environment.IsDevelopment() ? Console.Out : Console.Error;

    private static string Text(string address, FirstKey.Kept? key, FirstAdministrator.Made? administrator)
    {
        var text = new StringBuilder().AppendLine().AppendLine("  Webhooks is ready.").AppendLine();
        text.AppendLine(null, $"    Dashboard   {address}");
        if (administrator is not null)
            text.AppendLine(null, $"                sign in as {administrator.Name} with {administrator.Password}")
                .AppendLine("                (shown only now; you choose your own when you sign in)");
        if (key is null)
            return text.ToString();

        return text
            .AppendLine(null, $"    API         {address}/api/v1")
            .AppendLine(null, $"    API key     {key.Secret}")
            .AppendLine(null, $"                (kept in {key.File})")
            .AppendLine(null, $"    Swagger     {address}/swagger")
            .AppendLine(null, $"    Test inbox  {address}/inbox/my-inbox")
            .ToString();
    }
}

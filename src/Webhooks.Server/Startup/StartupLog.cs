namespace Webhooks.Server.Startup;

/// <summary>Event ids 9000 to 9099.</summary>
internal static partial class StartupLog
{
    [LoggerMessage(9000, LogLevel.Warning,
        "No API key exists, so nobody can call the API. Set Webhooks:Auth:BootstrapKey (environment Webhooks__Auth__BootstrapKey) and make "
        + "one with POST /api/v1/api-key.")]
    public static partial void NoKey(this ILogger logger);
}

namespace Webhooks.Server.Dashboard.Access;

/// <summary>Event ids 9600 to 9699.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(9600, LogLevel.Warning, "Signing in with the identity provider failed")]
    public static partial void ExternalSignInFailed(this ILogger logger, Exception? fault);
}

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>Event ids 9500 to 9599.</summary>
internal static partial class PartsLog
{
    [LoggerMessage(9500, LogLevel.Error, "A page of the dashboard could not read what it shows")]
    public static partial void ReadFailed(this ILogger logger, Exception fault);
}

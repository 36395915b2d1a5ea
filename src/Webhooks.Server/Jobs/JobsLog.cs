namespace Webhooks.Server.Jobs;

/// <summary>Event ids 4000 to 4099.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(4000, LogLevel.Error, "What is done every {Interval} failed; it is tried again until it succeeds")]
    public static partial void RepeatedWorkFailed(this ILogger logger, Exception fault, TimeSpan interval);
}

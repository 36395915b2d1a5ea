using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Telemetry;

/// <summary>Event ids 8000 to 8099.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(8000, LogLevel.Warning, "The backlog could not be looked at; its metrics are missing until that succeeds again")]
    public static partial void BacklogNotSampled(this ILogger logger, Exception fault);
}

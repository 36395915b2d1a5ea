using Microsoft.Extensions.Logging;

namespace Webhooks.Core.EventTypes;

internal static partial class EventTypesLog
{
    [LoggerMessage(1201, LogLevel.Error, "Schema version {Version} of {EventType} can't be compiled; payloads are not held against it")]
    public static partial void SchemaNotCompiled(this ILogger logger, Exception fault, string version, string eventType);

    [LoggerMessage(1202, LogLevel.Warning, "A payload of {EventType} was accepted that does not fit its schema: {Count} faults")]
    public static partial void PayloadDoesNotFit(this ILogger logger, string eventType, int count);
}

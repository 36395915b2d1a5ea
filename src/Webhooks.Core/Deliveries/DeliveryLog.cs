using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Deliveries;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Lease of {DeliveryId} was lost before its outcome was recorded; the later result stands")]
    public static partial void LeaseLost(this ILogger logger, DeliveryId deliveryId);

    [LoggerMessage(2001, LogLevel.Error, "Claiming failed; trying again in {Wait}")]
    public static partial void ClaimFailed(this ILogger logger, Exception fault, TimeSpan wait);

    [LoggerMessage(2002, LogLevel.Error, "Outcome of {DeliveryId} could not be recorded; its lease will run out and it counts as unknown")]
    public static partial void RecordFailed(this ILogger logger, Exception fault, DeliveryId deliveryId);

    [LoggerMessage(2003, LogLevel.Warning, "{Count} attempts were closed as unknown: their workers were lost")]
    public static partial void LeasesSwept(this ILogger logger, int count);

    [LoggerMessage(2004, LogLevel.Warning, "{DeliveryId} of {EndpointId} is a dead letter: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, DeliveryId deliveryId, Endpoints.EndpointId endpointId, DeadLetters.DeadLetterReason? reason);

    [LoggerMessage(2005, LogLevel.Information, "Deliveries of node {Node} start: at most {MaxInFlight} at once")]
    public static partial void PumpStarted(this ILogger logger, string node, int maxInFlight);

    [LoggerMessage(2006, LogLevel.Information, "Deliveries stop; {InFlight} under way are finished first")]
    public static partial void PumpStopping(this ILogger logger, int inFlight);

    [LoggerMessage(2007, LogLevel.Warning, "Lane of {EndpointId} paused until {Until:o}: {Reason}")]
    public static partial void LanePaused(this ILogger logger, Endpoints.EndpointId endpointId, DateTimeOffset until, Lanes.PauseReason reason);

    [LoggerMessage(2008, LogLevel.Warning, "{EndpointId} answered 410 Gone and is disabled; what waits for it is held")]
    public static partial void EndpointGone(this ILogger logger, Endpoints.EndpointId endpointId);

    [LoggerMessage(2009, LogLevel.Error,
        "Outcomes of {Count} attempts could not be recorded; trying on until {LeasedUntil:o}, and nothing more is sent meanwhile")]
    public static partial void RecordingFails(this ILogger logger, Exception fault, int count, DateTimeOffset leasedUntil);

    [LoggerMessage(2010, LogLevel.Information, "Outcomes are recorded again, first those of {Count} attempts that waited")]
    public static partial void RecordingAgain(this ILogger logger, int count);
}

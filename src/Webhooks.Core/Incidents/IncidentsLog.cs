using Microsoft.Extensions.Logging;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>Event ids 5000 to 5099.</summary>
internal static partial class IncidentsLog
{
    [LoggerMessage(5000, LogLevel.Warning, "Disabled {EndpointId}: nothing has got through since {Since:o}. What waits is held")]
    public static partial void EndpointDisabled(this ILogger logger, EndpointId endpointId, DateTimeOffset since);

    [LoggerMessage(5001, LogLevel.Warning, "There are incidents, and no escalation policy says whom to tell: see docs/incidents.md")]
    public static partial void NobodyToTell(this ILogger logger);

    [LoggerMessage(
        5002, LogLevel.Warning, "Nobody was told of {IncidentId} by step {Step} of its policy: none of its channels can be used")]
    public static partial void StepWithoutChannels(this ILogger logger, IncidentId incidentId, int step);
}

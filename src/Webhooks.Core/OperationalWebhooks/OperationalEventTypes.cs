using System.Diagnostics;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>The names that operational events go by: what an operational webhook chooses from, and what its messages say.</summary>
internal static class OperationalEventTypes
{
    public static readonly IReadOnlyList<string> Names = [.. Enum.GetValues<OperationalEventType>().Select(NameOf)];

    public static string NameOf(OperationalEventType type) => type switch
    {
        OperationalEventType.EndpointCreated => "endpoint.created",
        OperationalEventType.EndpointUpdated => "endpoint.updated",
        OperationalEventType.EndpointDeleted => "endpoint.deleted",
        OperationalEventType.EndpointDisabled => "endpoint.disabled",
        OperationalEventType.AttemptFailing => "message.attempt.failing",
        OperationalEventType.AttemptExhausted => "message.attempt.exhausted",
        OperationalEventType.AttemptRecovered => "message.attempt.recovered",
        _ => throw new UnreachableException(),
    };
}

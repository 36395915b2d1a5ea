using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>Where an operational webhook's fields are other than an endpoint's.</summary>
internal static class OperationalWebhookRules
{
    public static List<string>? EventTypes(ObjectReader body)
    {
        var wanted = EndpointRules.EventTypes(body);
        if (wanted?.Except(OperationalEventTypes.Names, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
            body.Fault(
                "eventTypes",
                $"These are no operational event types: {string.Join(", ", unknown)}. "
                + $"There are: {string.Join(", ", OperationalEventTypes.Names)}.");
        return wanted;
    }
}

using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Data.ComplianceTests.Invariants;

/// <summary>Watches claims: of each ordering key deliveries are first tried in the order in which they were accepted.</summary>
internal sealed class KeyOrder
{
    private readonly Dictionary<(EndpointId, string), ClaimedDelivery> _last = [];

    public void Claimed(ClaimedDelivery delivery)
    {
        if (delivery.OrderingKey is not { } key)
            return;

        var place = (delivery.Request.EndpointId, key);
        if (_last.TryGetValue(place, out var last) && last.Request.DeliveryId != delivery.Request.DeliveryId)
            delivery.Request.Sequence.ShouldBeGreaterThan(last.Request.Sequence, $"the key '{key}' went back to an earlier delivery");
        _last[place] = delivery;
    }
}

using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Jobs;

/// <summary>
/// How long each layer waits for the one inside it when the node stops, so that none is cut off early: an attempt may take the
/// longest timeout that an endpoint may have, the pump then needs time to record, Hangfire waits for the pump, and the host for Hangfire.
/// </summary>
internal sealed class ShutdownTimes(IOptions<DeliveryOptions> delivery)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    public TimeSpan Stop => delivery.Value.LongestAttemptTimeout + Step;

    public TimeSpan Shutdown => Stop + Step;

    public TimeSpan Host => Shutdown + Step;
}

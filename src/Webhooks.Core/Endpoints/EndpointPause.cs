using Webhooks.Core.Data;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Endpoints;

/// <summary>
/// A person stops an endpoint's deliveries and lets them go on, inside the caller's transaction. Beside being disabled, which is the
/// owner's setting or the service's own doing: whichever of the two ends, the lane stays held for the other.
/// </summary>
internal sealed class EndpointPause(LaneSwitch lanes, EndpointEvents events, TimeProvider clock)
{
    /// <summary>A second pause keeps the time of the first and brings its own note.</summary>
    public async Task BeginAsync(Endpoint endpoint, string? note, CancellationToken cancellationToken)
    {
        if (endpoint.PausedAt is not null && endpoint.PauseNote == note)
            return;

        var now = clock.GetUtcMicroseconds();
        (endpoint.PausedAt, endpoint.PauseNote, endpoint.UpdatedAt) = (endpoint.PausedAt ?? now, note, now);
        await lanes.HoldAsync(endpoint.Id, cancellationToken);
        await events.AddAsync(OperationalEventType.EndpointUpdated, endpoint, cancellationToken);
    }

    /// <summary>Where nothing is paused only the pace is set: for what an endpoint releases already, or will once it is enabled.</summary>
    public async Task EndAsync(Endpoint endpoint, int? maxPerSecond, CancellationToken cancellationToken)
    {
        await lanes.PaceAsync(endpoint.Id, maxPerSecond, cancellationToken);
        if (endpoint.PausedAt is null)
            return;

        (endpoint.PausedAt, endpoint.PauseNote, endpoint.UpdatedAt) = (null, null, clock.GetUtcMicroseconds());
        if (!endpoint.IsHeld)
            await lanes.ResumeAsync(endpoint.Id, cancellationToken);
        await events.AddAsync(OperationalEventType.EndpointUpdated, endpoint, cancellationToken);
    }
}

using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Deliveries;

/// <summary>What a claim writes to a lane that it served.</summary>
internal sealed record LaneMove(
    EndpointId EndpointId, int Taken, DateTimeOffset? ReadyAt, bool Saturated, DateTimeOffset? PacedUntil, int? ReleaseRate);

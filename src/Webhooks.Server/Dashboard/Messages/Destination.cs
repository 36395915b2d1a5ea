using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;

namespace Webhooks.Server.Dashboard.Messages;

/// <summary>How a message stands at an endpoint: its newest delivery there.</summary>
internal sealed record Destination
{
    public required EndpointId EndpointId { get; init; }
    public required DeliveryId DeliveryId { get; init; }
    public required DeliveryState State { get; init; }
    public required int Attempts { get; init; }
    public required int ReplayNumber { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }
    public required AttemptOutcome? LastOutcome { get; init; }
    public required HoldReason? HoldReason { get; init; }
    public required DeadLetterReason? DeadReason { get; init; }
    public required string? OrderingKey { get; init; }

    /// <summary>Null once the endpoint's history is gone.</summary>
    public required Receiver? Endpoint { get; init; }

    public required LanePause? Pause { get; init; }

    public bool IsTried => Attempts > 0;

    /// <summary>Whether it can be sent again: there is an endpoint that takes it.</summary>
    public bool CanResend => Endpoint is { DeletedAt: null, Disabled: false, PausedAt: null };

    public static IQueryable<Destination> Project(IQueryable<Delivery> deliveries, WebhooksDbContext db) =>
        deliveries.Select(d => new Destination
        {
            EndpointId = d.EndpointId,
            DeliveryId = d.Id,
            State = d.State,
            Attempts = d.Attempts,
            ReplayNumber = d.ReplayNumber,
            DueAt = d.DueAt,
            FinishedAt = d.FinishedAt,
            LastOutcome = d.LastOutcome,
            HoldReason = d.HoldReason,
            DeadReason = d.DeadReason,
            OrderingKey = d.OrderingKey,
            Endpoint = db.Endpoints.Where(e => e.Id == d.EndpointId)
                .Select(e => new Receiver(e.Url, e.Description, e.Disabled, e.PausedAt, e.DeletedAt)).FirstOrDefault(),
            Pause = db.Lanes.Where(l => l.EndpointId == d.EndpointId && l.PausedUntil != null)
                .Select(l => new LanePause(l.PausedUntil!.Value, l.PauseReason)).FirstOrDefault(),
        });

    internal sealed record Receiver(string Url, string Description, bool Disabled, DateTimeOffset? PausedAt, DateTimeOffset? DeletedAt);

    internal sealed record LanePause(DateTimeOffset Until, PauseReason? Reason);
}

using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Endpoint = Webhooks.Core.Endpoints.Endpoint;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>A line of the list of endpoints.</summary>
internal sealed record EndpointRow
{
    /// <summary>More than this is told as "that many or more": a line must not cost more the worse its endpoint is.</summary>
    public const int MostWaiting = 1_000;

    /// <summary>How many attempts are looked at for the last that was delivered.</summary>
    public const int LastAttempts = 20;

    public required EndpointId Id { get; init; }
    public required string? Uid { get; init; }
    public required string Url { get; init; }
    public required string Description { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public required string? Application { get; init; }
    public required bool Disabled { get; init; }
    public required EndpointDisabledReason? DisabledReason { get; init; }
    public required DateTimeOffset? PausedAt { get; init; }
    public required string? PauseNote { get; init; }
    public required DateTimeOffset? RestsUntil { get; init; }
    public required PauseReason? RestReason { get; init; }
    public required DateTimeOffset? FailingSince { get; init; }
    public required int Waiting { get; init; }
    public required bool HasHeld { get; init; }

    /// <summary>Among its last attempts; null for none of them.</summary>
    public required DateTimeOffset? LastSuccess { get; init; }

    public required bool IsTried { get; init; }

    public EndpointCondition Condition(DateTimeOffset now) => EndpointConditions.Of(Disabled, PausedAt, RestsUntil, FailingSince, now);

    public static IQueryable<EndpointRow> Project(IQueryable<Endpoint> endpoints, WebhooksDbContext db) =>
        from e in endpoints
        join l in db.Lanes on e.Id equals l.EndpointId
        select new EndpointRow
        {
            Id = e.Id,
            Uid = e.Uid,
            Url = e.Url,
            Description = e.Description,
            ApplicationId = e.ApplicationId,
            Application = db.Applications.Where(a => a.Id == e.ApplicationId).Select(a => a.Name).FirstOrDefault(),
            Disabled = e.Disabled,
            DisabledReason = e.DisabledReason,
            PausedAt = e.PausedAt,
            PauseNote = e.PauseNote,
            RestsUntil = l.PausedUntil,
            RestReason = l.PauseReason,
            FailingSince = l.FailingSince,
            Waiting = db.Deliveries.Where(d => d.EndpointId == e.Id && d.State == DeliveryState.Waiting)
                .OrderBy(d => d.DueAt).Take(MostWaiting).Count(),
            HasHeld = db.Deliveries.Any(d => d.EndpointId == e.Id && d.State == DeliveryState.Held),
            LastSuccess = db.Attempts.Where(a => a.EndpointId == e.Id).OrderByDescending(a => a.Id).Take(LastAttempts)
                .Where(a => a.Outcome == AttemptOutcome.Delivered).Max(a => (DateTimeOffset?)a.StartedAt),
            IsTried = db.Attempts.Any(a => a.EndpointId == e.Id),
        };
}

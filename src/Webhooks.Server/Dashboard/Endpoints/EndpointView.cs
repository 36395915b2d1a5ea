using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.Telemetry;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>An endpoint as its page shows it.</summary>
internal sealed record EndpointView
{
    public required EndpointOut Endpoint { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public required string? Application { get; init; }
    public required Lane Lane { get; init; }
    public required int Waiting { get; init; }
    public required DateTimeOffset? NextDue { get; init; }
    public required int Queued { get; init; }
    public required int Held { get; init; }
    public required RecentAttempts Recent { get; init; }

    public EndpointCondition Condition(DateTimeOffset now) =>
        EndpointConditions.Of(Endpoint.Disabled, Endpoint.PausedAt, Lane.PausedUntil, Lane.FailingSince, now);

    /// <returns>Null when there is no such endpoint, or it was deleted.</returns>
    public static async Task<EndpointView?> ReadAsync(WebhooksDbContext db, string text, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<EndpointId>(text, out var id))
            return null;

        var endpoints = db.Endpoints.Where(e => e.Id == id && e.DeletedAt == null);
        if (await endpoints.Select(EndpointOut.Projection).FirstOrDefaultAsync(cancellationToken) is not { } endpoint)
            return null;

        var application = await endpoints.Select(e => e.ApplicationId).FirstAsync(cancellationToken);
        var deliveries = db.Deliveries.Where(d => d.EndpointId == id);
        return new EndpointView
        {
            Endpoint = endpoint,
            ApplicationId = application,
            Application = await db.Applications.Where(a => a.Id == application).Select(a => a.Name).FirstOrDefaultAsync(cancellationToken),
            Lane = await db.Lanes.AsNoTracking().FirstAsync(l => l.EndpointId == id, cancellationToken),
            Waiting = await BacklogQueries.Waiting(deliveries).CountAsync(cancellationToken),
            NextDue = await BacklogQueries.Waiting(deliveries).Select(d => (DateTimeOffset?)d.DueAt).FirstOrDefaultAsync(cancellationToken),
            Queued = await BacklogQueries.Queued(deliveries).CountAsync(cancellationToken),
            Held = await BacklogQueries.Held(deliveries).CountAsync(cancellationToken),
            Recent = await RecentAttempts.ReadAsync(db, id, cancellationToken),
        };
    }
}

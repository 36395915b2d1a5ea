using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Incidents;

/// <summary>An incident with what a person needs in order to judge it.</summary>
internal sealed record IncidentDetailsOut : IncidentOut
{
    [SetsRequiredMembers]
    private IncidentDetailsOut(IncidentOut incident, IncidentLettersOut deadLetters) : base(incident) => DeadLetters = deadLetters;

    /// <summary>Its dead letters that wait for people.</summary>
    public required IncidentLettersOut DeadLetters { get; init; }

    /// <summary>How many deliveries wait in the endpoint's lane; 100,000 stands for that many or more.</summary>
    /// <example>230</example>
    public int Waiting { get; init; }

    /// <summary>Since when nothing has got through to the endpoint; null when it does.</summary>
    /// <example>2026-01-31T11:40:00.000000Z</example>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The endpoint's last attempt; null when there is none.</summary>
    public IncidentAttemptOut? LastAttempt { get; init; }

    public static async Task<IncidentDetailsOut> ReadAsync(WebhooksDbContext db, IncidentOut incident, CancellationToken cancellationToken)
    {
        var letters = db.DeadLetters.Where(d => d.IncidentId == incident.Id);
        var (open, acknowledged) = (
            await CountAsync(letters.Where(d => d.State == DeadLetterState.Open), cancellationToken),
            await CountAsync(letters.Where(d => d.State == DeadLetterState.Acknowledged), cancellationToken));
        var details = new IncidentDetailsOut(incident, new IncidentLettersOut(open, acknowledged));
        return incident.EndpointId is { } endpoint ? await WithEndpointAsync(db, details, endpoint, cancellationToken) : details;
    }

    private static async Task<IncidentDetailsOut> WithEndpointAsync(
        WebhooksDbContext db, IncidentDetailsOut details, EndpointId endpoint, CancellationToken cancellationToken) => details with
        {
            Waiting = await db.Deliveries.Where(d => d.EndpointId == endpoint && d.State == DeliveryState.Waiting)
                .OrderBy(d => d.DueAt).Take(BacklogQueries.MaxCounted).CountAsync(cancellationToken),
            FailingSince = await db.Lanes.Where(l => l.EndpointId == endpoint).Select(l => l.FailingSince)
                .FirstOrDefaultAsync(cancellationToken),
            LastAttempt = await db.Attempts.Where(a => a.EndpointId == endpoint).OrderByDescending(a => a.Id)
                .Select(a => new IncidentAttemptOut(a.Id, a.StartedAt, a.Outcome, a.StatusCode, a.ErrorText))
                .FirstOrDefaultAsync(cancellationToken),
        };

    private static Task<int> CountAsync(IQueryable<DeadLetter> letters, CancellationToken cancellationToken) =>
        letters.OrderBy(d => d.DeliveryId).Take(BacklogQueries.MaxCounted).CountAsync(cancellationToken);
}

/// <summary>Dead letters of an incident by what people did; 100,000 stands for that many or more.</summary>
/// <param name="Open">Nobody has seen them yet.</param>
/// <param name="Acknowledged">Somebody sees to them; they are not decided about yet.</param>
internal sealed record IncidentLettersOut(int Open, int Acknowledged);

/// <summary>The last attempt to reach an incident's endpoint.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Timestamp">When it began.</param>
/// <param name="Outcome">What it showed.</param>
/// <param name="StatusCode">The answer's status code; null when no answer came.</param>
/// <param name="ErrorText">What went wrong; null when nothing did.</param>
internal sealed record IncidentAttemptOut(
    AttemptId Id, DateTimeOffset Timestamp, AttemptOutcome Outcome, int? StatusCode, string? ErrorText);

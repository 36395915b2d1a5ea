using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes incidents that were resolved long enough ago, with their timelines and notifications, oldest first. One that a dead letter
/// belongs to stays with it, and one that says that an endpoint is disabled while that is so: what a person called over would be told anew.
/// </summary>
internal sealed class IncidentRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, RetentionPlaces places, TimeProvider clock,
    IOptions<RetentionOptions> options)
{
    private const int MaxBatch = 100;

    /// <summary>Safe to run twice at once and to stop at any time: what is left is found again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = clock.GetUtcMicroseconds() - options.Value.Incidents;
        await new RetentionRun(clock).RunAsync(token => StepAsync(limit, token), cancellationToken);
    }

    /// <summary>The next incidents after a place that were opened by then. An id says when, so the key serves.</summary>
    public static IQueryable<IncidentId> Old(WebhooksDbContext db, IncidentId place, DateTimeOffset limit)
    {
        var last = IdTime.LastOf<IncidentId>(limit);
        return db.Incidents.Where(i => i.Id > place && i.Id <= last).OrderBy(i => i.Id).Take(MaxBatch).Select(i => i.Id);
    }

    /// <summary>Which of these stay.</summary>
    public static IQueryable<IncidentId> Needed(WebhooksDbContext db, IReadOnlyList<IncidentId> incidents, DateTimeOffset limit) =>
        db.Incidents
            .Where(i => incidents.Contains(i.Id) && (i.ResolvedAt == null || i.ResolvedAt > limit
                || db.DeadLetters.Any(d => d.IncidentId == i.Id)
                || (i.Kind == IncidentKind.Disabled
                    && db.Endpoints.Any(e => e.Id == i.EndpointId && e.DisabledReason != null && e.DeletedAt == null))))
            .Select(i => i.Id);

    private async Task<bool> StepAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var old = await Old(db, places.Incident, limit).ToListAsync(cancellationToken);
        var unneeded = await UnneededAsync(old, limit, cancellationToken);
        if (unneeded.Count > 0 && !await RemoveAsync(unneeded, limit, cancellationToken))
            return true; // from the same place again

        var isLast = old.Count < MaxBatch;
        places.Incident = isLast ? default : old[^1];
        return !isLast;
    }

    private async Task<List<IncidentId>> UnneededAsync(
        List<IncidentId> incidents, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        if (incidents.Count == 0)
            return incidents;

        var needed = await Needed(db, incidents, limit).ToHashSetAsync(cancellationToken);
        return incidents.FindAll(incident => !needed.Contains(incident));
    }

    /// <returns>Whether that was all of them.</returns>
    private async Task<bool> RemoveAsync(List<IncidentId> incidents, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Looked at again: until now one of them could be opened again, from now on none can.
        var unneeded = await UnneededAsync(incidents, limit, cancellationToken);
        if (unneeded.Count == 0)
            return true;

        var removed = await RemoveFirstAsync(unneeded, cancellationToken);

        // Crash before: nothing of this happened. Crash after: an incident may be left with less of its timeline than it had; it is found
        // again and the rest removed.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(new Removed { Incidents = removed });
        return removed > 0;
    }

    /// <summary>As much as one transaction may; the incidents themselves last.</summary>
    private async Task<int> RemoveFirstAsync(List<IncidentId> incidents, CancellationToken cancellationToken)
    {
        var events = await Events(db, incidents).ToListAsync(cancellationToken);
        await db.IncidentEvents.Where(e => events.Contains(e.Id)).ExecuteDeleteAsync(cancellationToken);
        if (events.Count == SmallBatch.MaxRows)
            return 0;

        var notifications = await Notifications(db, incidents).ToListAsync(cancellationToken);
        await db.Notifications.Where(n => notifications.Contains(n.Id)).ExecuteDeleteAsync(cancellationToken);
        return notifications.Count == SmallBatch.MaxRows
            ? 0
            : await db.Incidents.Where(i => incidents.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    internal static IQueryable<IncidentEventId> Events(WebhooksDbContext db, IReadOnlyList<IncidentId> incidents) =>
        db.IncidentEvents.Where(e => incidents.Contains(e.IncidentId)).OrderBy(e => e.IncidentId).ThenBy(e => e.Id)
            .Take(SmallBatch.MaxRows).Select(e => e.Id);

    internal static IQueryable<NotificationId> Notifications(WebhooksDbContext db, IReadOnlyList<IncidentId> incidents) =>
        db.Notifications.Where(n => incidents.Contains(n.IncidentId)).OrderBy(n => n.IncidentId).ThenBy(n => n.Id)
            .Take(SmallBatch.MaxRows).Select(n => n.Id);
}

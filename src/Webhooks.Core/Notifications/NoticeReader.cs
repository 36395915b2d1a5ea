using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications.Texts;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Notifications;

/// <summary>Reads what there is to say about incidents. What it costs does not follow the backlog: each count ends at a bound.</summary>
internal sealed class NoticeReader(WebhooksDbContext db, NotificationLinks links)
{
    /// <summary>A notice for each incident; the last of its notifications says why.</summary>
    public async Task<IReadOnlyList<Notice>> ReadAsync(
        ChannelId channel, IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        var ids = notifications.Select(n => n.IncidentId).Distinct().ToList();
        var incidents = await Of(ids).ToDictionaryAsync(facts => facts.Id, cancellationToken);
        var notices = new List<Notice>();
        foreach (var id in ids.Where(incidents.ContainsKey))
        {
            var last = notifications.Where(n => n.IncidentId == id).MaxBy(n => n.Id)!;
            var facts = notices.Count < MessageTexts.MaxDetailed
                ? await CountAsync(incidents[id], cancellationToken)
                : incidents[id];
            notices.Add(new(last.Reason, last.Step, facts, links.ToIncident(id), links.ToAcknowledge(facts, channel)));
        }

        return notices;
    }

    /// <summary>The same of one incident, for a page.</summary>
    public async Task<ToldIncident?> FindAsync(IncidentId id, CancellationToken cancellationToken) =>
        await Of([id]).FirstOrDefaultAsync(cancellationToken) is { } facts ? await CountAsync(facts, cancellationToken) : null;

    private IQueryable<ToldIncident> Of(List<IncidentId> ids) =>
        from incident in db.Incidents.AsNoTracking()
        where ids.Contains(incident.Id)
        from application in db.Applications.Where(a => a.Id == incident.ApplicationId).DefaultIfEmpty()
        from endpoint in db.Endpoints.Where(e => e.Id == incident.EndpointId).DefaultIfEmpty()
        from lane in db.Lanes.Where(l => l.EndpointId == incident.EndpointId).DefaultIfEmpty()
        from channel in db.Channels.Where(c => c.Id == incident.ChannelId).DefaultIfEmpty()
        select new ToldIncident
        {
            Id = incident.Id,
            Kind = incident.Kind,
            State = incident.State,
            Summary = incident.Summary,
            OpenedAt = incident.OpenedAt,
            OccurredAt = incident.OccurredAt,
            Openings = incident.Openings,
            AcknowledgedBy = incident.AcknowledgedBy,
            ResolvedBy = incident.ResolvedBy,
            ApplicationId = incident.ApplicationId,
            ApplicationName = application!.Name,
            EndpointId = incident.EndpointId,
            EndpointUrl = endpoint!.Url,
            EndpointDescription = endpoint!.Description,
            FailingSince = lane!.FailingSince,
            ChannelId = incident.ChannelId,
            ChannelName = channel!.Name,
            ChannelError = channel!.Error,
        };

    private async Task<ToldIncident> CountAsync(ToldIncident facts, CancellationToken cancellationToken)
    {
        var letters = await db.DeadLetters
            .Where(d => d.IncidentId == facts.Id && (d.State == DeadLetterState.Open || d.State == DeadLetterState.Acknowledged))
            .OrderBy(d => d.DeliveryId).Take(ToldIncident.MaxCounted).CountAsync(cancellationToken);
        if (facts.EndpointId is not { } endpoint)
            return facts with { DeadLetters = letters };

        return facts with
        {
            DeadLetters = letters,
            Waiting = await CountWaitingAsync(endpoint, cancellationToken),
            LastAnswer = await db.Attempts.Where(a => a.EndpointId == endpoint).OrderByDescending(a => a.Id)
                .Select(a => new LastAnswer(a.StartedAt, a.StatusCode, a.ErrorText)).FirstOrDefaultAsync(cancellationToken),
        };
    }

    private async Task<int> CountWaitingAsync(EndpointId endpoint, CancellationToken cancellationToken)
    {
        var of = db.Deliveries.Where(d => d.EndpointId == endpoint);
        var waiting = await BacklogQueries.Waiting(of).Take(ToldIncident.MaxCounted).CountAsync(cancellationToken);
        var queued = await BacklogQueries.Queued(of).Take(ToldIncident.MaxCounted).CountAsync(cancellationToken);
        var held = await BacklogQueries.Held(of).Take(ToldIncident.MaxCounted).CountAsync(cancellationToken);
        return Math.Min(waiting + queued + held, ToldIncident.MaxCounted);
    }
}

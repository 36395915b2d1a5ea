using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Escalation;

/// <summary>
/// Takes the steps of policies that are due: one notification for each channel of the step, in the transaction that moves the incident to
/// its next step. So several nodes may look at once, and a step is told once.
/// </summary>
internal sealed class Escalator(
    WebhooksDbContext db, IWebhooksSql sql, IncidentDesk desk, IncidentTimeline timeline, IdGenerator ids, TimeProvider clock,
    EscalationNotice notice, WebhooksMeter meter, ILogger<Escalator> logger)
{
    private const int MaxBatch = 100;

    private DateTimeOffset Now => clock.GetUtcMicroseconds();

    private IQueryable<Incident> Due
    {
        get
        {
            var now = Now;
            return db.Incidents.Where(i => i.EscalatesAt != null && i.EscalatesAt <= now);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<IncidentId> page;
        do
        {
            // What has no policy stays due until somebody makes one.
            page = await Due
                .Where(i => db.EscalationPolicies.Any(p => p.ApplicationId == i.ApplicationId || p.ApplicationId == null))
                .OrderBy(i => i.EscalatesAt).Take(MaxBatch).Select(i => i.Id).ToListAsync(cancellationToken);
            foreach (var id in page)
                await EscalateAsync(id, cancellationToken);
        }
        while (page.Count == MaxBatch);

        if (await Due.AnyAsync(cancellationToken) && notice.IsFirst())
            logger.NobodyToTell();
    }

    private async Task EscalateAsync(IncidentId id, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);

        // Behind the gate, and again: another node, or a person, may have been faster.
        if (await Due.AsTracking().FirstOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } incident
            || await db.EscalationPolicies.ForAsync(incident.ApplicationId, cancellationToken) is not { } policy)
            return;

        desk.WakeUp(incident);
        var told = await StepAsync(incident, policy, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the step is still due. Crash after: its notifications are there to be sent, and it is not due any more.
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        meter.Escalated(told);
    }

    /// <summary>Returns how many channels are told.</summary>
    private async Task<int> StepAsync(Incident incident, EscalationPolicy policy, CancellationToken cancellationToken)
    {
        var place = incident.NextStep;
        if (EscalationPlan.At(policy, place) is not { } step)
        {
            incident.EscalatesAt = null;
            return 0;
        }

        var channels = await UsableAsync(step, incident, cancellationToken);
        db.Notifications.AddRange(channels.Select(channel => NotificationOf(incident, channel.Id, place)));
        incident.NextStep = place + 1;
        incident.EscalatesAt = EscalationPlan.NextAt(policy, place, channels.Count > 0, Now);
        var number = place % policy.Steps.Count + 1;
        timeline.Append(incident, IncidentEventType.Escalated, null, channels.Count > 0
            ? $"Step {number} of “{policy.Name}”: {string.Join(", ", channels.Select(channel => channel.Name))}."
            : $"Step {number} of “{policy.Name}” tells nobody: none of its channels can be used.");
        if (channels.Count == 0)
            logger.StepWithoutChannels(incident.Id, number);
        return channels.Count;
    }

    // A channel that can't notify is not told so over itself.
    private async Task<List<UsableChannel>> UsableAsync(EscalationStep step, Incident incident, CancellationToken cancellationToken)
    {
        var named = step.Channels.Select(text => IdText.TryParse<ChannelId>(text, out var id) ? id : default)
            .Where(id => id != incident.ChannelId).ToList();
        return await db.Channels.Where(c => named.Contains(c.Id) && !c.Disabled).OrderBy(c => c.Id)
            .Select(c => new UsableChannel(c.Id, c.Name)).ToListAsync(cancellationToken);
    }

    private Notification NotificationOf(Incident incident, ChannelId channel, int place) => new()
    {
        Id = ids.New<NotificationId>(),
        IncidentId = incident.Id,
        ChannelId = channel,
        Reason = NotificationReason.Escalated,
        Step = place,
        State = NotificationState.Waiting,
        DueAt = Now,
        CreatedAt = Now,
    };

    private sealed record UsableChannel(ChannelId Id, string Name);
}

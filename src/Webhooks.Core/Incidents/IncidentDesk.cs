using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Escalation;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Incidents;

/// <summary>
/// Where incidents are opened, go on and end, inside the caller's transaction, which saves: each is written together with what it follows
/// from, with its entry in the timeline, and with the intent to tell people. All of it is behind the gate of
/// <see cref="IWebhooksSql.BeginWriteAsync"/>, so what is found here is still so when it is written.
/// </summary>
internal sealed class IncidentDesk(
    WebhooksDbContext db, IncidentTimeline timeline, ToldChannels told, IdGenerator ids, TimeProvider clock,
    IOptions<IncidentOptions> options)
{
    /// <summary>Who decides where no person does.</summary>
    public const string Service = "service";

    private static readonly IncidentEventType[] Sayings =
        [IncidentEventType.Opened, IncidentEventType.Reopened, IncidentEventType.Updated];

    private DateTimeOffset Now => clock.GetUtcMicroseconds();

    /// <summary>
    /// Opens an incident, or goes on with the one that is not resolved yet, or opens the last one again if it has not been over for long.
    /// </summary>
    public async Task<Incident> ReportAsync(IncidentReport report, CancellationToken cancellationToken)
    {
        if (await FindUnresolvedAsync(report.Key, cancellationToken) is { } known)
            return await GoOnAsync(known, report, cancellationToken);

        var last = await db.Incidents.AsTracking()
            .Where(i => i.Key == report.Key).OrderByDescending(i => i.Id).FirstOrDefaultAsync(cancellationToken);
        var incident = last?.ResolvedAt > Now - options.Value.ReopenWithin ? Reopen(last, report) : Open(report);

        // The intent to tell: it commits with the incident, so a crash can't come between the two.
        incident.NextStep = 0;
        incident.EscalatesAt = Now + await FirstWaitAsync(incident, cancellationToken);
        return incident;
    }

    /// <summary>
    /// Somebody sees to it: nobody else is told any more. Its dead letters are acknowledged, too, as many as fit into a transaction; the
    /// <see cref="IncidentKeeper"/> goes on with the others.
    /// </summary>
    /// <returns>Why not; null when it is acknowledged now, or was before: whoever was first stays named.</returns>
    public async Task<Problem?> AcknowledgeAsync(Incident incident, string who, CancellationToken cancellationToken)
    {
        if (incident.State == IncidentState.Resolved)
            return IsOver();
        if (incident.State == IncidentState.Acknowledged)
            return null;

        (incident.State, incident.AcknowledgedBy, incident.AcknowledgedAt) = (IncidentState.Acknowledged, who, Now);
        (incident.EscalatesAt, incident.SnoozedUntil) = (null, null);
        timeline.Append(incident, IncidentEventType.Acknowledged, who, $"{who} sees to it.");
        await told.TellAsync(incident, NotificationReason.Acknowledged, cancellationToken);
        await db.DeadLetters.AcknowledgeAsync(incident.Id, who, Now, cancellationToken);
        return null;
    }

    /// <summary>Nobody is told anything before that time; then it wakes up by itself, also where somebody had acknowledged it.</summary>
    public Problem? Snooze(Incident incident, DateTimeOffset until, string who)
    {
        if (incident.State == IncidentState.Resolved)
            return IsOver();

        // At the end of its policy it begins anew: sleeping on must not be the same as being forgotten.
        if (incident.EscalatesAt is null)
            incident.NextStep = 0;
        (incident.SnoozedUntil, incident.EscalatesAt) = (until, until);
        timeline.Append(incident, IncidentEventType.Snoozed, who, $"Nobody is told before {until:u}.");
        return null;
    }

    /// <summary>The time that it was snoozed for is over. Whoever had acknowledged it before that asked to be told again.</summary>
    public void WakeUp(Incident incident)
    {
        incident.SnoozedUntil = null;
        if (incident.State != IncidentState.Acknowledged)
            return;

        (incident.State, incident.AcknowledgedBy, incident.AcknowledgedAt, incident.NextStep) = (IncidentState.Open, null, null, 0);
        timeline.Append(incident, IncidentEventType.Updated, null, "The snooze is over, and nobody has resolved it.");
    }

    /// <param name="assignee">Null for nobody.</param>
    public Problem? Assign(Incident incident, string? assignee, string who)
    {
        if (incident.State == IncidentState.Resolved)
            return IsOver();

        incident.Assignee = assignee;
        timeline.Append(incident, IncidentEventType.Assigned, who, assignee is null ? "Nobody is assigned." : $"Assigned to {assignee}.");
        return null;
    }

    public void Comment(Incident incident, string text, string who) => timeline.Append(incident, IncidentEventType.Commented, who, text);

    /// <summary>
    /// A person says that it is over. Dead letters that nobody has decided about stay in the list of what people have to decide about, as
    /// acknowledged by that person.
    /// </summary>
    /// <param name="comment">Why, in that person's words; null for nothing.</param>
    public async Task<Problem?> ResolveAsync(Incident incident, string who, string? comment, CancellationToken cancellationToken)
    {
        if (incident.State == IncidentState.Resolved)
            return IsOver();
        if (await db.DeadLetters.AcknowledgeAsync(incident.Id, who, Now, cancellationToken) == IncidentLetters.MaxBatch
            && await db.DeadLetters.Open(incident.Id).AnyAsync(cancellationToken))
            return ApiProblems.Conflict(
                "This incident has more dead letters than can be acknowledged at once. Acknowledge it, and resolve it once they all are.");

        await EndAsync(incident, who, comment ?? $"{who} resolved it.", cancellationToken);
        return null;
    }

    /// <summary>It is over by itself.</summary>
    /// <param name="text">How that shows, in a sentence for people.</param>
    public Task ResolveItselfAsync(Incident incident, string text, CancellationToken cancellationToken) =>
        EndAsync(incident, null, text, cancellationToken);

    /// <summary>The same for whoever knows only what it was about. Nothing happens when there is no such incident.</summary>
    public async Task ResolveItselfAsync(string key, string text, CancellationToken cancellationToken)
    {
        if (await FindUnresolvedAsync(key, cancellationToken) is { } incident)
            await ResolveItselfAsync(incident, text, cancellationToken);
    }

    /// <summary>The next step is due at once where it is the one that follows a step of which a channel could not be told.</summary>
    /// <param name="failedStep">The place of that step.</param>
    /// <returns>Whether it is due earlier now than it was.</returns>
    public async Task<bool> HurryAsync(Incident incident, int failedStep, CancellationToken cancellationToken)
    {
        if (!(incident.EscalatesAt > Now) || incident.SnoozedUntil > Now
            || await db.EscalationPolicies.ForAsync(incident.ApplicationId, cancellationToken) is not { } policy
            || !EscalationPlan.Hurries(policy, failedStep, incident.NextStep))
            return false;

        incident.EscalatesAt = Now;
        return true;
    }

    /// <summary>Null when there is none. What the caller added and did not save yet is found, too.</summary>
    public async Task<Incident?> FindUnresolvedAsync(string key, CancellationToken cancellationToken) =>
        db.Incidents.Local.FirstOrDefault(i => i.Key == key && i.State != IncidentState.Resolved)
        ?? await db.Incidents.Unresolved().AsTracking().FirstOrDefaultAsync(i => i.Key == key, cancellationToken);

    private Incident Open(IncidentReport report)
    {
        var now = Now;
        var incident = new Incident
        {
            Id = ids.New<IncidentId>(),
            Kind = report.Kind,
            Key = report.Key,
            ApplicationId = report.ApplicationId,
            EndpointId = report.EndpointId,
            ChannelId = report.ChannelId,
            State = IncidentState.Open,
            Summary = report.Summary,
            OpenedAt = now,
            OccurredAt = now,
        };
        db.Incidents.Add(incident);
        timeline.Append(incident, IncidentEventType.Opened, null, report.Summary);
        return incident;
    }

    private Incident Reopen(Incident incident, IncidentReport report)
    {
        (incident.State, incident.Summary, incident.OccurredAt) = (IncidentState.Open, report.Summary, Now);
        incident.Openings++;
        (incident.AcknowledgedBy, incident.AcknowledgedAt, incident.ResolvedBy, incident.ResolvedAt) = (null, null, null, null);
        timeline.Append(incident, IncidentEventType.Reopened, null, report.Summary);
        return incident;
    }

    private async Task<Incident> GoOnAsync(Incident incident, IncidentReport report, CancellationToken cancellationToken)
    {
        (incident.Summary, incident.OccurredAt) = (report.Summary, Now);
        if (report.Update is null)
            return incident;

        // A thousand dead letters are no thousand entries.
        if (report.IsWorse || !(await timeline.LastAsync(incident.Id, Sayings, cancellationToken) > Now - options.Value.UpdateEvery))
            timeline.Append(incident, IncidentEventType.Updated, null, report.Update);
        if (report.IsWorse)
            await TellAgainAsync(incident, cancellationToken);
        return incident;
    }

    private async Task TellAgainAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (incident.SnoozedUntil > Now)
            return;
        if (incident.State == IncidentState.Acknowledged)
        {
            await told.TellAsync(incident, NotificationReason.Updated, cancellationToken);
            return;
        }

        if (incident.EscalatesAt is null)
            incident.NextStep = 0;
        incident.EscalatesAt = Now;
    }

    private async Task EndAsync(Incident incident, string? who, string text, CancellationToken cancellationToken)
    {
        (incident.State, incident.ResolvedBy, incident.ResolvedAt) = (IncidentState.Resolved, who ?? Service, Now);
        (incident.EscalatesAt, incident.SnoozedUntil) = (null, null);
        timeline.Append(incident, IncidentEventType.Resolved, who, text);
        await told.TellAsync(incident, NotificationReason.Resolved, cancellationToken);
    }

    private async Task<TimeSpan> FirstWaitAsync(Incident incident, CancellationToken cancellationToken)
    {
        var policy = await db.EscalationPolicies.ForAsync(incident.ApplicationId, cancellationToken);
        return TimeSpan.FromMinutes(policy?.Steps[0].AfterMinutes ?? 0);
    }

    private static Problem IsOver() =>
        ApiProblems.Conflict("This incident is resolved already: it is opened again if the trouble comes back.");
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Incidents;

/// <summary>
/// Looks for endpoints to which nothing gets through, before their dead letters come: tells people, warns them, and in the end disables
/// the endpoint, which holds what waits. Safe on several nodes at once: each decision is taken again behind the gate.
/// </summary>
internal sealed class FailingWatch(
    WebhooksDbContext db, IWebhooksSql sql, IncidentDesk desk, LaneSwitch lanes, EndpointEvents events, TimeProvider clock,
    IOptions<IncidentOptions> options, ILogger<FailingWatch> logger)
{
    private const int MaxBatch = 500;

    private DateTimeOffset Now => clock.GetUtcMicroseconds();

    /// <summary>A lane that is held is not tried: whoever holds it knows.</summary>
    private IQueryable<Lane> Failing => db.Lanes.Where(l => l.FailingSince != null && !l.Held);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var latest = Now - options.Value.FailingAfter;
        var last = new FailingLane(default, default, DateTimeOffset.UnixEpoch);
        List<FailingLane> page;
        do
        {
            var (since, id) = (last.Since, last.EndpointId);
            page = await Failing
                .Where(l => l.FailingSince <= latest && (l.FailingSince > since || (l.FailingSince == since && l.EndpointId > id)))
                .OrderBy(l => l.FailingSince).ThenBy(l => l.EndpointId).Take(MaxBatch)
                .Select(FailingLane.Of).ToListAsync(cancellationToken);
            foreach (var lane in await ToMoveAsync(page, cancellationToken))
                await MoveAsync(lane.EndpointId, cancellationToken);
            last = page.Count == 0 ? last : page[^1];
        }
        while (page.Count == MaxBatch);
    }

    private async Task<List<FailingLane>> ToMoveAsync(List<FailingLane> page, CancellationToken cancellationToken)
    {
        var keys = page.ConvertAll(lane => lane.Key);
        var said = await db.Incidents.Unresolved().Where(i => keys.Contains(i.Key))
            .Select(i => new { i.Key, i.OccurredAt }).ToDictionaryAsync(i => i.Key, i => (DateTimeOffset?)i.OccurredAt, cancellationToken);
        return page.FindAll(lane => Decide(lane, said.GetValueOrDefault(lane.Key)) != FailingMove.None);
    }

    private FailingMove Decide(FailingLane lane, DateTimeOffset? saidAt) => FailingRules.Decide(lane.Since, saidAt, Now, options.Value);

    private async Task MoveAsync(EndpointId id, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var lane = await Failing.Where(l => l.EndpointId == id).Select(FailingLane.Of).FirstOrDefaultAsync(cancellationToken);
        var endpoint = await db.Endpoints.AsTracking().FirstOrDefaultAsync(e => e.Id == id && e.DeletedAt == null, cancellationToken);
        if (lane is null || endpoint is null)
            return;

        var incident = await desk.FindUnresolvedAsync(lane.Key, cancellationToken);
        var move = Decide(lane, incident?.OccurredAt);
        if (move == FailingMove.Disable)
            await DisableAsync(endpoint, lane, cancellationToken);
        else if (move != FailingMove.None)
            await desk.ReportAsync(ReportOf(lane, move), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the next look decides the same. Crash after: the incident says whom to tell.
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        if (move == FailingMove.Disable)
            logger.EndpointDisabled(id, lane.Since);
    }

    private IncidentReport ReportOf(FailingLane lane, FailingMove move)
    {
        var report = IncidentReport.Of(
            lane.ApplicationId, lane.EndpointId, IncidentKind.Failing, $"Nothing has got through to the endpoint since {lane.Since:u}.");
        if (move != FailingMove.Warn)
            return report;

        var limit = options.Value.DisableAfter;
        var level = FailingRules.LevelOf(Now - lane.Since, limit);
        return report with
        {
            Update = $"{level} % of the time is over after which the endpoint is disabled ({lane.Since + limit:u} at the earliest). "
                + "Nothing is dropped then: what waits is held.",
            IsWorse = true,
        };
    }

    private async Task DisableAsync(Endpoint endpoint, FailingLane lane, CancellationToken cancellationToken)
    {
        await lanes.HoldAsync(endpoint.Id, cancellationToken); // first, as wherever a lane and its endpoint are locked
        (endpoint.Disabled, endpoint.DisabledReason, endpoint.UpdatedAt) = (true, EndpointDisabledReason.Failing, Now);
        await events.AddAsync(OperationalEventType.EndpointDisabled, endpoint, cancellationToken);
        await desk.ResolveItselfAsync(lane.Key, "The endpoint was disabled: an incident of its own tells so.", cancellationToken);
        await desk.ReportAsync(DisabledWatch.ReportOf(lane.ApplicationId, endpoint.Id, EndpointDisabledReason.Failing), cancellationToken);
    }

    private sealed record FailingLane(EndpointId EndpointId, ApplicationId ApplicationId, DateTimeOffset Since)
    {
        public static readonly Expression<Func<Lane, FailingLane>> Of =
            lane => new FailingLane(lane.EndpointId, lane.ApplicationId, lane.FailingSince!.Value);

        public string Key => IncidentKeys.Of(EndpointId, IncidentKind.Failing);
    }
}

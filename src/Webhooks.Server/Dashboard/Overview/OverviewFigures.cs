using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.Telemetry;

namespace Webhooks.Server.Dashboard.Overview;

/// <summary>How the service stands just now. Every count ends at a bound, so that looking costs no more the worse things are.</summary>
internal sealed record OverviewFigures
{
    /// <summary>Where counts of what needs a person end.</summary>
    public const int Most = 1_000;

    /// <summary>Where counts of what happened in the last minute end.</summary>
    public const int MostInMinute = 20_000;

    private const int MostNodes = 200;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether any message was ever accepted.</summary>
    public required bool IsUsed { get; init; }

    public required int AcceptedInMinute { get; init; }
    public required int DeliveredInMinute { get; init; }

    /// <summary>Attempts that did not deliver.</summary>
    public required int FailedInMinute { get; init; }

    /// <summary>On their way and not being sent: due, with a due time to come, or behind another of their key.</summary>
    public required int Waiting { get; init; }

    public required int Sending { get; init; }
    public required int Held { get; init; }

    /// <summary>How long the oldest delivery that could go out has been let wait by the service.</summary>
    public required TimeSpan OldestDue { get; init; }

    /// <summary>Endpoints to which nothing gets through.</summary>
    public required int Failing { get; init; }

    /// <summary>All lanes by state; null until all were counted.</summary>
    public required LaneCounts? Lanes { get; init; }

    public required int OpenIncidents { get; init; }
    public required int AcknowledgedIncidents { get; init; }

    /// <summary>Dead letters without a decision.</summary>
    public required int Undecided { get; init; }

    /// <summary>Hours of endpoints in which the books don't balance.</summary>
    public required int Unbalanced { get; init; }

    public required IReadOnlyList<NodeOut> Nodes { get; init; }

    public int LivingWorkers => Nodes.Count(n => n.Alive && n.Roles.Contains("worker"));

    public static async Task<OverviewFigures> ReadAsync(
        WebhooksDbContext db, LaneCensus census, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await census.StepAsync(db, now, cancellationToken);
        var ready = await BacklogQueries.Ready(db, now).ToListAsync(cancellationToken);
        var outcomes = await OutcomesAsync(db, now - Minute, cancellationToken);
        var delivered = outcomes.Where(o => o.Outcome == AttemptOutcome.Delivered).Sum(o => o.Count);
        return new OverviewFigures
        {
            At = now,
            IsUsed = await db.Messages.AnyAsync(cancellationToken),
            AcceptedInMinute = await AcceptedAsync(db, now - Minute, cancellationToken),
            DeliveredInMinute = delivered,
            FailedInMinute = outcomes.Sum(o => o.Count) - delivered,
            Waiting = await BacklogQueries.Waiting(db).CountAsync(cancellationToken)
                + await BacklogQueries.Queued(db).CountAsync(cancellationToken),
            Sending = await db.Deliveries.Where(d => d.State == DeliveryState.Sending).OrderBy(d => d.LeasedUntil)
                .Take(BacklogQueries.MaxCounted).CountAsync(cancellationToken),
            Held = await BacklogQueries.Held(db).CountAsync(cancellationToken),
            OldestDue = ready.Select(lane => lane.WaitOf(now)).DefaultIfEmpty().Max(),
            Failing = await db.Lanes.Where(l => l.FailingSince != null).OrderBy(l => l.FailingSince)
                .Take(Most).CountAsync(cancellationToken),
            Lanes = census.Counts,
            OpenIncidents = await IncidentsAsync(db, IncidentState.Open, cancellationToken),
            AcknowledgedIncidents = await IncidentsAsync(db, IncidentState.Acknowledged, cancellationToken),
            Undecided = await db.DeadLetters.Undecided().OrderBy(l => l.DeliveryId).Take(Most).CountAsync(cancellationToken),
            Unbalanced = await db.Unbalanced().OrderBy(h => h.CountedAt).Take(Most).CountAsync(cancellationToken),
            Nodes = await db.Nodes.OrderBy(n => n.Name).Take(MostNodes).Select(NodeOut.Projection(now)).ToListAsync(cancellationToken),
        };
    }

    private static Task<int> IncidentsAsync(WebhooksDbContext db, IncidentState state, CancellationToken cancellationToken) =>
        db.Incidents.Unresolved().Where(i => i.State == state).OrderBy(i => i.Key).Take(Most).CountAsync(cancellationToken);

    private static Task<int> AcceptedAsync(WebhooksDbContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var first = IdTime.FirstOf<MessageId>(since);
        return db.Messages.Where(m => m.Id >= first).OrderBy(m => m.Id).Take(MostInMinute).CountAsync(cancellationToken);
    }

    private static Task<List<Counted>> OutcomesAsync(WebhooksDbContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var first = IdTime.FirstOf<AttemptId>(since);
        return db.Attempts.Where(a => a.Id >= first).OrderByDescending(a => a.Id).Take(MostInMinute)
            .GroupBy(a => a.Outcome).Select(same => new Counted(same.Key, same.Count())).ToListAsync(cancellationToken);
    }

    private sealed record Counted(AttemptOutcome Outcome, int Count);
}

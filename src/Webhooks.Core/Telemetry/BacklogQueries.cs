using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// What is asked about the backlog. Each question walks an index and stops at a bound: what it costs does not follow the backlog.
/// </summary>
internal static class BacklogQueries
{
    /// <summary>How many ready lanes are looked into, those that wait longest for their turn.</summary>
    public const int MaxLanes = 500;

    /// <summary>Where counting ends; a gauge that shows this says "so many or more".</summary>
    public const int MaxCounted = 100_000;

    /// <summary>Where counting hours without balance ends: one is one too many.</summary>
    public const int MaxUnbalanced = 1_000;

    /// <summary>Since when the ready lanes wait for their turn, and since when their first delivery is due.</summary>
    public static IQueryable<ReadyLane> Ready(WebhooksDbContext db, DateTimeOffset now) =>
        db.Lanes
            .Where(lane => lane.ReadyAt <= now)
            .OrderBy(lane => lane.ReadyAt).ThenBy(lane => lane.PacedUntil)
            .Take(MaxLanes)
            .Select(lane => new ReadyLane(
                lane.ReadyAt!.Value,
                db.Deliveries
                    .Where(delivery => delivery.EndpointId == lane.EndpointId && delivery.State == DeliveryState.Waiting)
                    .OrderBy(delivery => delivery.DueAt)
                    .Select(delivery => (DateTimeOffset?)delivery.DueAt)
                    .FirstOrDefault(),
                lane.PausedUntil));

    public static IQueryable<Delivery> Waiting(WebhooksDbContext db) => Waiting(db.Deliveries);

    public static IQueryable<Delivery> Queued(WebhooksDbContext db) => Queued(db.Deliveries);

    public static IQueryable<Delivery> Held(WebhooksDbContext db) => Held(db.Deliveries);

    // In the order of the index that holds just these rows, so that it is taken and read no further than the bound.
    public static IQueryable<Delivery> Waiting(IQueryable<Delivery> deliveries) =>
        deliveries.Where(delivery => delivery.State == DeliveryState.Waiting)
            .OrderBy(delivery => delivery.EndpointId).ThenBy(delivery => delivery.DueAt).Take(MaxCounted);

    /// <summary>What stands behind others of its ordering key.</summary>
    public static IQueryable<Delivery> Queued(IQueryable<Delivery> deliveries) =>
        deliveries.Where(delivery => delivery.State == DeliveryState.Queued)
            .OrderBy(delivery => delivery.EndpointId).ThenBy(delivery => delivery.OrderingKey).ThenBy(delivery => delivery.Sequence)
            .Take(MaxCounted);

    public static IQueryable<Delivery> Held(IQueryable<Delivery> deliveries) =>
        deliveries.Where(delivery => delivery.State == DeliveryState.Held)
            .OrderBy(delivery => delivery.EndpointId).ThenBy(delivery => delivery.DueAt).Take(MaxCounted);

    /// <summary>When the oldest message that is kept was accepted: retention removes from there on.</summary>
    public static IQueryable<DateTimeOffset?> OldestMessage(WebhooksDbContext db) =>
        db.Messages.OrderBy(message => message.Id).Take(1).Select(message => (DateTimeOffset?)message.CreatedAt);

    /// <summary>How many incidents of each kind nobody has acknowledged yet: a deployment has few that are not resolved.</summary>
    public static IQueryable<CountedIncidents> OpenIncidents(WebhooksDbContext db) =>
        db.Incidents.Unresolved().Where(incident => incident.State == IncidentState.Open)
            .GroupBy(incident => incident.Kind)
            .Select(kind => new CountedIncidents(kind.Key, kind.Count()));

    /// <summary>Since when the notification that waits longest has been due.</summary>
    public static IQueryable<DateTimeOffset?> OldestNotification(WebhooksDbContext db) =>
        db.Notifications.Where(n => n.State == NotificationState.Waiting).OrderBy(n => n.DueAt).Take(1)
            .Select(n => (DateTimeOffset?)n.DueAt);

    /// <summary>Of the entries that are not settled; all others balance.</summary>
    public static IQueryable<LedgerHour> UnbalancedHours(WebhooksDbContext db) =>
        db.Unbalanced().OrderBy(hour => hour.CountedAt).Take(MaxUnbalanced);

    /// <summary>There are few channels at all.</summary>
    public static IQueryable<Channel> FailingChannels(WebhooksDbContext db) => db.Channels.Where(c => !c.Disabled && c.FailingSince != null);

    /// <summary>How many dead letters are open, and how many acknowledged.</summary>
    public static IQueryable<CountedLetters> DeadLetters(WebhooksDbContext db) =>
        db.DeadLetters.Undecided().OrderBy(letter => letter.DeliveryId).Take(MaxCounted)
            .GroupBy(letter => letter.State)
            .Select(letters => new CountedLetters(letters.Key, letters.Count()));

    /// <summary>Some lanes in the order of their keys, and whether each is as it must be.</summary>
    /// <param name="after">The last key of the page before.</param>
    public static IQueryable<CountedLane> LanesAfter(WebhooksDbContext db, EndpointId after, int count) =>
        db.Lanes
            .Where(lane => lane.EndpointId > after)
            .OrderBy(lane => lane.EndpointId)
            .Take(count)
            .Select(lane => new CountedLane(
                lane.EndpointId, lane.Held, lane.PausedUntil, lane.ReadyAt,
                !lane.Held && lane.ReadyAt == null && (!lane.Saturated || lane.InFlight == 0)

                    // The first in the order of the index. A mere "any" may be planned as a walk through all deliveries that ends at the
                    // first match, and a lane in which nothing waits has none.
                    && (db.Deliveries
                            .Where(delivery => delivery.EndpointId == lane.EndpointId && delivery.State == DeliveryState.Waiting)
                            .OrderBy(delivery => delivery.DueAt)
                            .Select(delivery => (DateTimeOffset?)delivery.DueAt)
                            .FirstOrDefault() != null
                        || (lane.InFlight == 0 && db.Deliveries
                            .Where(delivery => delivery.EndpointId == lane.EndpointId && delivery.State == DeliveryState.Queued)
                            .OrderBy(delivery => delivery.OrderingKey).ThenBy(delivery => delivery.Sequence)
                            .Select(delivery => (long?)delivery.Sequence)
                            .FirstOrDefault() != null))));

    internal sealed record CountedIncidents(IncidentKind Kind, int Count);

    internal sealed record CountedLetters(DeadLetterState State, int Count);

    internal sealed record ReadyLane(DateTimeOffset ReadyAt, DateTimeOffset? OldestDueAt, DateTimeOffset? PausedUntil)
    {
        /// <summary>How long the service has let the first delivery wait: what its endpoint's own pause took does not count.</summary>
        public TimeSpan WaitOf(DateTimeOffset now)
        {
            var since = PausedUntil > OldestDueAt ? PausedUntil : OldestDueAt;
            return since < now ? now - since.Value : TimeSpan.Zero;
        }
    }

    /// <param name="Stranded">
    /// Deliveries wait in it, and nothing will make it ready: see docs/adr/0001. Or they are queued, and nothing is there that could end
    /// and give them their turn: see docs/adr/0010.
    /// </param>
    internal sealed record CountedLane(
        EndpointId EndpointId, bool Held, DateTimeOffset? PausedUntil, DateTimeOffset? ReadyAt, bool Stranded);
}

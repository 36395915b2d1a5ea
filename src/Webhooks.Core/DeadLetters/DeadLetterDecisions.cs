using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.DeadLetters;

/// <summary>
/// Writes what was decided about dead letters, inside the caller's transaction. A decision stands: only what is undecided is decided, so of
/// two at once one counts.
/// </summary>
internal static class DeadLetterDecisions
{
    /// <summary>
    /// Messages go to an endpoint again: that decides about all their dead letters there. Their new deliveries must be saved.
    /// </summary>
    public static Task<int> DecideReplayedAsync(
        this WebhooksDbContext db, IReadOnlyList<MessageId> messages, EndpointId endpoint, string by, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        db.DeadLetters.Undecided().Of(messages, endpoint).ExecuteUpdateAsync(
            set => set
                .SetProperty(l => l.State, DeadLetterState.Replayed)
                .SetProperty(l => l.DecidedBy, by)
                .SetProperty(l => l.DecidedAt, now)
                .SetProperty(
                    l => l.ReplayDeliveryId,
                    l => db.Deliveries
                        .Where(d => d.MessageId == l.MessageId && d.EndpointId == l.EndpointId)
                        .OrderByDescending(d => d.ReplayNumber).Select(d => (DeliveryId?)d.Id).FirstOrDefault()),
            cancellationToken);

    /// <summary>They are not sent any more. What is held ends with that; what is dead stays dead.</summary>
    /// <returns>How many were still undecided, and are discarded now; and how many deliveries were held, and are canceled.</returns>
    public static async Task<(int Letters, int Canceled)> DiscardAsync(
        this WebhooksDbContext db, IReadOnlyList<DeliveryId> letters, string by, string note, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // First the deliveries, as wherever both are written. A held one is in nobody's way: it left its lane, and its key goes on.
        var canceled = await db.Deliveries.Where(d => letters.Contains(d.Id) && d.State == DeliveryState.Held)
            .CancelAsync(now, cancellationToken);
        var discarded = await db.DeadLetters.Undecided().Where(l => letters.Contains(l.DeliveryId))
            .DiscardAsync(by, note, now, cancellationToken);
        return (discarded, canceled);
    }

    /// <summary>
    /// The subscriber has it, a person says: its delivery is delivered by that word. What the last attempt showed stays with it, so it can
    /// be told from one that was answered.
    /// </summary>
    /// <returns>How many were still undecided: 1 or 0, and with 0 nothing must be committed.</returns>
    public static async Task<int> ArriveAsync(
        this WebhooksDbContext db, DeliveryId letter, string by, string? note, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // First the delivery, as wherever both are written. It left its lane when it was held or died, so its lane does not move.
        var arrived = await db.Deliveries
            .Where(d => d.Id == letter && (d.State == DeliveryState.Held || d.State == DeliveryState.Dead))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(d => d.State, DeliveryState.Delivered)
                    .SetProperty(d => d.DeadReason, (DeadLetterReason?)null)
                    .SetProperty(d => d.HoldReason, (HoldReason?)null)
                    .SetProperty(d => d.FinishedAt, now),
                cancellationToken);
        return arrived == 0 ? 0 : await db.DeadLetters.Undecided().Where(l => l.DeliveryId == letter).ExecuteUpdateAsync(
            set => set
                .SetProperty(l => l.State, DeadLetterState.Arrived)
                .SetProperty(l => l.DecidedBy, by)
                .SetProperty(l => l.DecidedAt, now)
                .SetProperty(l => l.Note, note),
            cancellationToken);
    }

    public static Task<int> DiscardAsync(
        this IQueryable<DeadLetter> undecided, string by, string note, DateTimeOffset now, CancellationToken cancellationToken) =>
        undecided.ExecuteUpdateAsync(
            set => set
                .SetProperty(l => l.State, DeadLetterState.Discarded)
                .SetProperty(l => l.DecidedBy, by)
                .SetProperty(l => l.DecidedAt, now)
                .SetProperty(l => l.Note, note),
            cancellationToken);

    /// <summary>Ends deliveries that are not on their way just now.</summary>
    public static Task<int> CancelAsync(this IQueryable<Delivery> deliveries, DateTimeOffset now, CancellationToken cancellationToken) =>
        deliveries.ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.State, DeliveryState.Canceled)
                .SetProperty(d => d.HoldReason, (HoldReason?)null)
                .SetProperty(d => d.FinishedAt, now),
            cancellationToken);
}

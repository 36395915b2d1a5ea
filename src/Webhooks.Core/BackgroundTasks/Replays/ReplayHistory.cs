using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>What an endpoint may already know of a few messages.</summary>
internal static class ReplayHistory
{
    /// <summary>How many of the messages the endpoint may have got, or may be getting just now.</summary>
    public static async Task<int> CountMayBeThereAsync(
        this WebhooksDbContext db, EndpointId endpoint, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken)
    {
        var mayBeThere = await db.Deliveries
            .Where(d => d.EndpointId == endpoint && messages.Contains(d.MessageId))
            .Where(d => d.State == DeliveryState.Delivered || d.State == DeliveryState.Waiting || d.State == DeliveryState.Sending
                || d.State == DeliveryState.Queued
                || d.LastOutcome == AttemptOutcome.Delivered || d.LastOutcome == AttemptOutcome.Unknown)
            .Select(d => d.MessageId)
            .ToHashSetAsync(cancellationToken);

        // A delivery tells its last attempt only: one before it may have ended as unknown.
        var attempts = await db.AttemptsAtAsync(endpoint, [.. messages.Where(m => !mayBeThere.Contains(m))], cancellationToken);
        mayBeThere.UnionWith(
            attempts.Where(a => a.Outcome is AttemptOutcome.Delivered or AttemptOutcome.Unknown).Select(a => a.MessageId));
        return mayBeThere.Count;
    }

    /// <summary>The attempts at the endpoint for these messages.</summary>
    public static async Task<IReadOnlyList<EarlierAttempt>> AttemptsAtAsync(
        this WebhooksDbContext db, EndpointId endpoint, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken)
    {
        var attempts = await Attempts(db, messages).ToListAsync(cancellationToken);
        return [.. attempts.Where(a => a.EndpointId == endpoint)];
    }

    // Not filtered by the endpoint here: an engine might then walk all attempts that it ever had instead of those of a few messages.
    internal static IQueryable<EarlierAttempt> Attempts(WebhooksDbContext db, IReadOnlyList<MessageId> messages) => db.Attempts
        .Where(a => messages.Contains(a.MessageId))
        .Select(a => new EarlierAttempt(a.MessageId, a.EndpointId, a.Id, a.Outcome, a.StatusCode));

    internal sealed record EarlierAttempt(
        MessageId MessageId, EndpointId EndpointId, AttemptId Id, AttemptOutcome Outcome, int? StatusCode);
}

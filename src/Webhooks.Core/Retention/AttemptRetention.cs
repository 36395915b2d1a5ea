using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>
/// Removes attempts whose delivery finished long enough ago, oldest first. Those of dead letters stay with them, and those of what is not
/// finished: they tell whoever has to decide why it was not delivered.
/// </summary>
internal sealed class AttemptRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, RetentionPlaces places, TimeProvider clock,
    IOptions<RetentionOptions> options)
{
    /// <summary>Safe to run twice at once and to stop at any time: what is left is found again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = RetentionLimits.At(clock.GetUtcMicroseconds(), options.Value).Attempts;
        await new RetentionRun(clock).RunAsync(token => StepAsync(limit, token), cancellationToken);
    }

    /// <summary>The next attempts after a place that were made by then. An id says when, so the key serves.</summary>
    public static IQueryable<OldAttempt> Old(WebhooksDbContext db, AttemptId place, DateTimeOffset limit)
    {
        var last = IdTime.LastOf<AttemptId>(limit);
        return db.Attempts
            .Where(a => a.Id > place && a.Id <= last)
            .OrderBy(a => a.Id)
            .Take(SmallBatch.MaxRows)
            .Select(a => new OldAttempt(a.Id, a.DeliveryId));
    }

    /// <summary>Which of these deliveries keep their attempts.</summary>
    public static IQueryable<DeliveryId> Keeping(WebhooksDbContext db, IReadOnlyList<DeliveryId> deliveries, DateTimeOffset limit) =>
        db.Deliveries
            .Where(d => deliveries.Contains(d.Id) && (d.FinishedAt == null || d.FinishedAt > limit || d.State == DeliveryState.Dead))
            .Select(d => d.Id);

    private async Task<bool> StepAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var old = await Old(db, places.Attempt, limit).ToListAsync(cancellationToken);
        var deliveries = old.Select(attempt => attempt.DeliveryId).Distinct().ToList();
        var keeping = deliveries.Count == 0 ? [] : await Keeping(db, deliveries, limit).ToHashSetAsync(cancellationToken);
        if (old.FindAll(attempt => !keeping.Contains(attempt.DeliveryId)) is { Count: > 0 } unneeded)
            await RemoveAsync(unneeded.ConvertAll(attempt => attempt.Id), cancellationToken);

        var isLast = old.Count < SmallBatch.MaxRows;
        places.Attempt = isLast ? default : old[^1].Id;
        return !isLast;
    }

    // Without a second look: what is finished stays so.
    private async Task RemoveAsync(List<AttemptId> unneeded, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var attempts = await db.Attempts.Where(a => unneeded.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);

        // Crash before: nothing of this happened, and the next run finds them again. Crash after: they are gone, as they should be.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(new Removed { Attempts = attempts });
    }
}

internal sealed record OldAttempt(AttemptId Id, DeliveryId DeliveryId);

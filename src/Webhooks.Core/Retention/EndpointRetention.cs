using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>Removes endpoints that were deleted long enough ago, once nothing refers to them any more.</summary>
internal sealed class EndpointRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, TimeProvider clock, IOptions<RetentionOptions> options)
{
    private const int MaxBatch = 100;

    private DeletedEndpoint _place = new(DateTimeOffset.UnixEpoch, default, IsNeeded: true);

    /// <summary>Safe to run twice at once and to stop at any time: the next run begins at the oldest again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = RetentionLimits.At(clock.GetUtcMicroseconds(), options.Value).Messages;
        await new RetentionRun(clock).RunAsync(token => StepAsync(limit, token), cancellationToken);
    }

    /// <summary>
    /// The next endpoints after a place that were deleted by then. Needed by its lane, while something is on its way; by its history; and by
    /// what is still to be told about it, which would have nothing to say without it.
    /// </summary>
    public static IQueryable<DeletedEndpoint> Deleted(WebhooksDbContext db, DeletedEndpoint place, DateTimeOffset limit)
    {
        var (from, after, _) = place;
        return db.Endpoints
            .Where(e => e.DeletedAt >= from && e.DeletedAt <= limit && (e.DeletedAt > from || e.Id > after))
            .OrderBy(e => e.DeletedAt).ThenBy(e => e.Id)
            .Take(MaxBatch)
            .Select(e => new DeletedEndpoint(
                e.DeletedAt!.Value,
                e.Id,
                db.Lanes.Any(l => l.EndpointId == e.Id)

                    // The first in the order of the index. A mere "any" may be planned as a walk through all rows that ends at the first
                    // match, and an endpoint without history has none.
                    || db.Deliveries.Where(d => d.EndpointId == e.Id).OrderBy(d => d.MessageId)
                        .Select(d => (MessageId?)d.MessageId).FirstOrDefault() != null
                    || db.Attempts.Where(a => a.EndpointId == e.Id).OrderBy(a => a.Id)
                        .Select(a => (AttemptId?)a.Id).FirstOrDefault() != null
                    || db.OperationalEvents.Any(o => o.EndpointId == e.Id)));
    }

    private async Task<bool> StepAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var deleted = await Deleted(db, _place, limit).ToListAsync(cancellationToken);
        if (deleted.FindAll(endpoint => !endpoint.IsNeeded) is { Count: > 0 } unneeded)
            await RemoveAsync(unneeded.ConvertAll(endpoint => endpoint.Id), cancellationToken);
        _place = deleted.LastOrDefault() ?? _place;
        return deleted.Count == MaxBatch;
    }

    // Without a second look: nothing new comes to an endpoint that was deleted.
    private async Task RemoveAsync(List<EndpointId> unneeded, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.EndpointSecrets.Where(s => unneeded.Contains(s.EndpointId)).ExecuteDeleteAsync(cancellationToken);
        await db.PollConsumers.Where(c => unneeded.Contains(c.EndpointId)).ExecuteDeleteAsync(cancellationToken);
        var endpoints = await db.Endpoints.Where(e => unneeded.Contains(e.Id)).ExecuteDeleteAsync(cancellationToken);

        // Crash before: nothing of this happened, and the next run finds them again. Crash after: they are gone, as they should be.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(new Removed { Endpoints = endpoints });
    }
}

/// <summary>A deleted endpoint, and its place in the order of deletion.</summary>
internal sealed record DeletedEndpoint(DateTimeOffset DeletedAt, EndpointId Id, bool IsNeeded);

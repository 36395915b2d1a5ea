using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Messages;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>Removes applications that were deleted long enough ago, with their keys, once nothing refers to them any more.</summary>
internal sealed class ApplicationRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, TimeProvider clock, IOptions<RetentionOptions> options)
{
    private const int MaxBatch = 100;

    private DeletedApplication _place = new(DateTimeOffset.UnixEpoch, default, IsNeeded: true);

    /// <summary>Safe to run twice at once and to stop at any time: the next run begins at the oldest again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = RetentionLimits.At(clock.GetUtcMicroseconds(), options.Value).Messages;
        await new RetentionRun(clock).RunAsync(token => StepAsync(limit, token), cancellationToken);
    }

    /// <summary>The next applications after a place that were deleted by then. Needed by their endpoints and messages.</summary>
    public static IQueryable<DeletedApplication> Deleted(WebhooksDbContext db, DeletedApplication place, DateTimeOffset limit)
    {
        var (from, after, _) = place;
        return db.Applications
            .Where(a => a.DeletedAt >= from && a.DeletedAt <= limit && (a.DeletedAt > from || a.Id > after))
            .OrderBy(a => a.DeletedAt).ThenBy(a => a.Id)
            .Take(MaxBatch)
            .Select(a => new DeletedApplication(
                a.DeletedAt!.Value,
                a.Id,
                db.Endpoints.Any(e => e.ApplicationId == a.Id)

                    // The first in the order of the index: see the same of endpoints.
                    || db.Messages.Where(m => m.ApplicationId == a.Id).OrderBy(m => m.Id)
                        .Select(m => (MessageId?)m.Id).FirstOrDefault() != null));
    }

    private async Task<bool> StepAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var deleted = await Deleted(db, _place, limit).ToListAsync(cancellationToken);
        if (deleted.FindAll(application => !application.IsNeeded) is { Count: > 0 } unneeded)
            await RemoveAsync(unneeded.ConvertAll(application => application.Id), cancellationToken);
        _place = deleted.LastOrDefault() ?? _place;
        return deleted.Count == MaxBatch;
    }

    // Without a second look: nothing new comes to an application that was deleted.
    private async Task RemoveAsync(List<ApplicationId> unneeded, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.ApiKeys.Where(k => k.ApplicationId != null && unneeded.Contains(k.ApplicationId.Value)).ExecuteDeleteAsync(cancellationToken);
        var applications = await db.Applications.Where(a => unneeded.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);

        // Crash before: nothing of this happened, and the next run finds them again. Crash after: they are gone, as they should be.
        await transaction.CommitAsync(CancellationToken.None);
        meter.Removed(new Removed { Applications = applications });
    }
}

/// <summary>A deleted application, and its place in the order of deletion.</summary>
internal sealed record DeletedApplication(DateTimeOffset DeletedAt, ApplicationId Id, bool IsNeeded);

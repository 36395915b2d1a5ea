using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Retention;

/// <summary>Removes applications that were deleted long enough ago, with their keys, once nothing refers to them any more.</summary>
internal sealed class ApplicationRetention(
    WebhooksDbContext db, IWebhooksSql sql, WebhooksMeter meter, TimeProvider clock, IOptions<RetentionOptions> options)
{
    private const int MaxBatch = 100;

    /// <summary>Safe to run twice at once and to stop at any time: the next run begins at the oldest again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var limit = RetentionLimits.At(clock.GetUtcMicroseconds(), options.Value).Messages;
        var rests = new Rests(clock);
        var place = new DeletedApplication(DateTimeOffset.UnixEpoch, default, IsNeeded: true);
        List<DeletedApplication> deleted;
        do
        {
            deleted = await Deleted(db, place, limit, MaxBatch).ToListAsync(cancellationToken);
            place = deleted.LastOrDefault() ?? place;
            if (deleted.FindAll(application => !application.IsNeeded) is { Count: > 0 } unneeded)
                await RemoveAsync(unneeded.ConvertAll(application => application.Id), cancellationToken);
            await rests.RestAsync(cancellationToken);
        }
        while (deleted.Count == MaxBatch);
    }

    /// <summary>The next applications after a place that were deleted by then. Needed by their endpoints and messages.</summary>
    public static IQueryable<DeletedApplication> Deleted(WebhooksDbContext db, DeletedApplication place, DateTimeOffset limit, int count)
    {
        var (from, after, _) = place;
        return db.Applications
            .Where(a => a.DeletedAt >= from && a.DeletedAt <= limit && (a.DeletedAt > from || a.Id > after))
            .OrderBy(a => a.DeletedAt).ThenBy(a => a.Id)
            .Take(count)
            .Select(a => new DeletedApplication(
                a.DeletedAt!.Value,
                a.Id,
                db.Endpoints.Any(e => e.ApplicationId == a.Id) || db.Messages.Any(m => m.ApplicationId == a.Id)));
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

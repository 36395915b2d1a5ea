using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.OperationalWebhooks;

namespace Webhooks.Core.Applications;

/// <summary>Applications by what a path says, as far as the caller may see them.</summary>
internal static class ApplicationQueries
{
    /// <summary>Those that their owners did not delete; not the one that the service itself publishes to.</summary>
    public static IQueryable<Application> Live(this DbSet<Application> applications) =>
        applications.Where(a => a.DeletedAt == null && a.Id != OperationalApplication.Id);

    /// <param name="idOrUid">
    /// The path's slot: our id or the client's uid; the two can't be mixed up because a uid never starts with our prefix.
    /// </param>
    public static IQueryable<Application> Visible(this DbSet<Application> applications, Caller caller, string idOrUid)
    {
        var live = applications.Live();
        live = IdText.TryParse<ApplicationId>(idOrUid, out var id) ? live.Where(a => a.Id == id) : live.Where(a => a.Uid == idOrUid);

        // Another application's key gets the same 404 as for one that isn't there, so it learns nothing.
        return caller.ApplicationId is { } own ? live.Where(a => a.Id == own) : live;
    }

    /// <returns>Null when there is no such application, or none that the caller may see.</returns>
    public static async Task<ApplicationId?> FindApplicationAsync(
        this WebhooksDbContext db, Caller caller, string idOrUid, CancellationToken cancellationToken) =>
        await db.Applications.Visible(caller, idOrUid).Select(a => (ApplicationId?)a.Id).FirstOrDefaultAsync(cancellationToken);
}

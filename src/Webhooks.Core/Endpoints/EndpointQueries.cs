using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Endpoints;

/// <summary>Endpoints by what a path says.</summary>
internal static class EndpointQueries
{
    /// <summary>The endpoints of an application that their owner did not delete.</summary>
    public static IQueryable<Endpoint> Live(this DbSet<Endpoint> endpoints, ApplicationId application) =>
        endpoints.Where(e => e.ApplicationId == application && e.DeletedAt == null);

    public static IQueryable<Endpoint> ByIdOrUid(this IQueryable<Endpoint> endpoints, string idOrUid) =>
        IdText.TryParse<EndpointId>(idOrUid, out var id) ? endpoints.Where(e => e.Id == id) : endpoints.Where(e => e.Uid == idOrUid);

    /// <returns>Null when the application has no such endpoint.</returns>
    public static async Task<EndpointId?> FindEndpointAsync(
        this WebhooksDbContext db, ApplicationId application, string idOrUid, CancellationToken cancellationToken) =>
        await db.Endpoints.Live(application).ByIdOrUid(idOrUid).Select(e => (EndpointId?)e.Id).FirstOrDefaultAsync(cancellationToken);
}

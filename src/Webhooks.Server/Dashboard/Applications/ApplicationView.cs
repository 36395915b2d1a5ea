using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Dashboard.Applications;

/// <summary>An application as its page shows it.</summary>
internal sealed record ApplicationView(ApplicationOut Application, int Endpoints)
{
    /// <summary>More than this is told as "that many or more".</summary>
    public const int MostCounted = 10_000;

    /// <returns>Null when there is no such application, or it was deleted.</returns>
    public static async Task<ApplicationView?> ReadAsync(WebhooksDbContext db, string text, CancellationToken cancellationToken) =>
        IdText.TryParse<ApplicationId>(text, out var id)
        && await db.Applications.Live().Where(a => a.Id == id).Select(ApplicationOut.Projection)
            .FirstOrDefaultAsync(cancellationToken) is { } found
            ? new ApplicationView(found, await CountEndpointsAsync(db, id, cancellationToken))
            : null;

    /// <summary>How many deliveries its endpoints have before them.</summary>
    public static Task<int> CountOnTheirWayAsync(WebhooksDbContext db, ApplicationId id, CancellationToken cancellationToken)
    {
        var lanes = db.Lanes.Where(l => l.ApplicationId == id).Select(l => l.EndpointId);
        return db.Deliveries
            .Where(d => (d.State == DeliveryState.Waiting || d.State == DeliveryState.Held) && lanes.Contains(d.EndpointId))
            .OrderBy(d => d.EndpointId).Take(MostCounted).CountAsync(cancellationToken);
    }

    private static Task<int> CountEndpointsAsync(WebhooksDbContext db, ApplicationId id, CancellationToken cancellationToken) =>
        db.Endpoints.Where(e => e.ApplicationId == id && e.DeletedAt == null)
            .OrderBy(e => e.Uid).Take(MostCounted).CountAsync(cancellationToken);
}

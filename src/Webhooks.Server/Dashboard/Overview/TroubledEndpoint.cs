using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Server.Dashboard.Overview;

/// <summary>An endpoint to which nothing gets through.</summary>
internal sealed record TroubledEndpoint(EndpointId Id, string? Url, string? Application, DateTimeOffset Since, bool IsHeld)
{
    /// <summary>Those that fail longest.</summary>
    public static Task<List<TroubledEndpoint>> ReadAsync(WebhooksDbContext db, int count, CancellationToken cancellationToken) =>
        db.Lanes.Where(l => l.FailingSince != null).OrderBy(l => l.FailingSince).Take(count)
            .Select(l => new TroubledEndpoint(
                l.EndpointId,
                db.Endpoints.Where(e => e.Id == l.EndpointId).Select(e => e.Url).FirstOrDefault(),
                db.Applications.Where(a => a.Id == l.ApplicationId).Select(a => a.Name).FirstOrDefault(),
                l.FailingSince!.Value, l.Held))
            .ToListAsync(cancellationToken);
}

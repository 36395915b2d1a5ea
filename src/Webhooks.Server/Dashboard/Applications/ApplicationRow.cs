using Webhooks.Core.Applications;
using Webhooks.Core.Data;

namespace Webhooks.Server.Dashboard.Applications;

/// <summary>A line of the list of applications.</summary>
internal sealed record ApplicationRow(
    ApplicationId Id, string Name, string? Uid, int? ThrottleRate, DateTimeOffset CreatedAt, int Endpoints, int Failing)
{
    /// <summary>More than this is told as "that many or more".</summary>
    public const int MostCounted = 1_000;

    public static IQueryable<ApplicationRow> Project(IQueryable<Application> applications, WebhooksDbContext db) =>
        applications.Select(a => new ApplicationRow(
            a.Id, a.Name, a.Uid, a.ThrottleRate, a.CreatedAt,
            db.Endpoints.Where(e => e.ApplicationId == a.Id && e.DeletedAt == null).OrderBy(e => e.Uid).Take(MostCounted).Count(),
            db.Endpoints.Where(e => e.ApplicationId == a.Id && e.DeletedAt == null).OrderBy(e => e.Uid).Take(MostCounted)
                .Count(e => db.Lanes.Any(l => l.EndpointId == e.Id && l.FailingSince != null))));
}

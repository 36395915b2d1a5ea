using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>
/// Looks for endpoints that the service disabled by itself. Those that answered 410 are disabled in the hot path, which leaves no more than
/// the reason in their row.
/// </summary>
internal sealed class DisabledWatch(WebhooksDbContext db, IWebhooksSql sql, IncidentDesk desk)
{
    private const int MaxBatch = 500;

    private IQueryable<Endpoint> Disabled => db.Endpoints.Where(e => e.DisabledReason != null && e.Disabled && e.DeletedAt == null);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var last = default(EndpointId);
        List<DisabledEndpoint> page;
        do
        {
            var after = last;
            page = await Disabled.Where(e => e.Id > after).OrderBy(e => e.Id).Take(MaxBatch)
                .Select(DisabledEndpoint.Of).ToListAsync(cancellationToken);
            foreach (var endpoint in await UntoldAsync(page, cancellationToken))
                await ReportAsync(endpoint.Id, cancellationToken);
            last = page.Count == 0 ? last : page[^1].Id;
        }
        while (page.Count == MaxBatch);
    }

    /// <summary>
    /// Its owner enables the endpoint, inside the caller's transaction, which saves: that it was disabled is on record also where that is
    /// sooner than the next look.
    /// </summary>
    /// <param name="endpoint">As it was before.</param>
    public async Task NoteEnabledAsync(Endpoint endpoint, EndpointDisabledReason reason, CancellationToken cancellationToken)
    {
        var disabled = new DisabledEndpoint(endpoint.Id, endpoint.ApplicationId, reason, endpoint.UpdatedAt);
        if ((await UntoldAsync([disabled], cancellationToken)).Count > 0)
            await desk.ReportAsync(ReportOf(endpoint.ApplicationId, endpoint.Id, reason), cancellationToken);
    }

    public static IncidentReport ReportOf(ApplicationId application, EndpointId endpoint, EndpointDisabledReason reason) =>
        IncidentReport.Of(application, endpoint, IncidentKind.Disabled, SummaryOf(reason));

    private static string SummaryOf(EndpointDisabledReason reason) =>
        reason == EndpointDisabledReason.Gone
            ? "The endpoint answered 410 Gone, so it was disabled. What waits for it is held until it is enabled again."
            : "Nothing got through to the endpoint for too long, so it was disabled. What waits for it is held until it is enabled again.";

    // What a person called over stays over, although the endpoint is still disabled: it is told again when it is disabled again.
    private async Task<List<DisabledEndpoint>> UntoldAsync(List<DisabledEndpoint> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0)
            return page;

        var keys = page.ConvertAll(endpoint => endpoint.Key);
        var known = await db.Incidents.Where(i => keys.Contains(i.Key))
            .Select(i => new { i.Key, i.ResolvedAt }).ToListAsync(cancellationToken);
        var told = known.ToLookup(incident => incident.Key, incident => incident.ResolvedAt ?? DateTimeOffset.MaxValue);
        return page.FindAll(endpoint => told[endpoint.Key].All(until => until < endpoint.Since));
    }

    private async Task ReportAsync(EndpointId id, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        if (await Disabled.Where(e => e.Id == id).Select(DisabledEndpoint.Of).FirstOrDefaultAsync(cancellationToken) is not { } endpoint
            || (await UntoldAsync([endpoint], cancellationToken)).Count == 0)
            return;

        await desk.ReportAsync(ReportOf(endpoint.ApplicationId, id, endpoint.Reason), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Crash before: the next look finds the endpoint again. Crash after: the incident says whom to tell.
        await transaction.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }

    /// <param name="Since">When it was disabled, or changed by its owner since.</param>
    private sealed record DisabledEndpoint(EndpointId Id, ApplicationId ApplicationId, EndpointDisabledReason Reason, DateTimeOffset Since)
    {
        public static readonly Expression<Func<Endpoint, DisabledEndpoint>> Of =
            endpoint => new DisabledEndpoint(endpoint.Id, endpoint.ApplicationId, endpoint.DisabledReason!.Value, endpoint.UpdatedAt);

        public string Key => IncidentKeys.Of(Id, IncidentKind.Disabled);
    }
}

using Webhooks.Core.Data;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Incidents;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Incidents;

/// <summary>A line of the board, with the names of what it is about.</summary>
internal sealed record IncidentRow(IncidentOut Incident, string? Application, string? Endpoint)
{
    public static async Task<ListPage<IncidentRow>> ReadAsync(
        WebhooksDbContext db, IncidentListQuery query, CancellationToken cancellationToken)
    {
        var page = (await query.Filter(db).ToPageAsync(query.Page, i => i.Id, IncidentOut.Projection, i => i.Id, cancellationToken))
            .ToList(query.Page);
        var names = await Names.ReadAsync(db, page.Items, i => i.ApplicationId, i => i.EndpointId, cancellationToken);
        return new ListPage<IncidentRow>(
            [.. page.Items.Select(i => new IncidentRow(i, names.Of(i.ApplicationId), names.Of(i.EndpointId)))], page.Next, page.Previous);
    }
}

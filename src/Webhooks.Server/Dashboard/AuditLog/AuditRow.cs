using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Paging;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.AuditLog;

/// <summary>A line of the log.</summary>
/// <param name="Key">The name of the API key that did it; null where a person did.</param>
/// <param name="Target">What it was done to, as people call it; null where that can only be told by the path.</param>
internal sealed record AuditRow(AuditEntryOut Entry, string? Key, string? Application, string? Target)
{
    public static async Task<ListPage<AuditRow>> ReadAsync(WebhooksDbContext db, AuditListQuery query, CancellationToken cancellationToken)
    {
        var page = await query.Filter(db).ToPageAsync(query.Page, e => e.Id, AuditEntryOut.Projection, e => e.Id, cancellationToken);
        var names = await Names.ReadAsync(db, page.Data, e => e.ApplicationId, e => AuditTarget.EndpointOf(e.Target), cancellationToken);
        var ids = page.Data.Select(e => IdText.TryParse<ApiKeyId>(e.Who, out var id) ? id : default).Distinct().ToList();
        var keys = await db.ApiKeys.Where(k => ids.Contains(k.Id)).Select(k => new { k.Id, k.Name })
            .ToDictionaryAsync(k => k.Id.ToString(), k => k.Name, cancellationToken);
        keys[ApiKeyLookup.BootstrapKeyId.ToString()] = "bootstrap key";
        return new Page<AuditRow>(
            [.. page.Data.Select(e => new AuditRow(e, keys.GetValueOrDefault(e.Who), names.Of(e.ApplicationId), AuditTarget.Text(e.Target, names)))],
            page.Iterator, page.PrevIterator, page.Done).ToList(query.Page);
    }
}

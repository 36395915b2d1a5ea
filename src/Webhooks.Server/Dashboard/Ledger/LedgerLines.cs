using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Ledger;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Ledger;

/// <summary>Reads the books line by line: by hour as they are kept, or summed up by the database.</summary>
internal static class LedgerLines
{
    /// <summary>How many applications or endpoints are summed up: those that got most.</summary>
    public const int Most = 100;

    /// <summary>All entries that are asked for, in one line.</summary>
    public static async Task<LedgerLine> SumAsync(WebhooksDbContext db, LedgerQuery query, CancellationToken cancellationToken) =>
        LedgerLine.Of(await TotalAsync(query.Of(db), cancellationToken), "All", null, null);

    public static async Task<ListPage<LedgerLine>> HoursAsync(
        WebhooksDbContext db, LedgerQuery query, PageRequest<LedgerHourId> asked, CancellationToken cancellationToken)
    {
        var page = await query.Of(db).AsNoTracking()
            .ToPageAsync(asked, h => h.Id, (IQueryable<LedgerHour> rows) => rows, h => h.Id, cancellationToken);
        var names = await Names.ReadAsync(db, page.Data, h => h.ApplicationId, h => h.EndpointId, cancellationToken);
        return new Page<LedgerLine>(
            [.. page.Data.Select(h => LedgerLine.Of(h, names.Of(h.EndpointId), names.Of(h.ApplicationId)))],
            page.Iterator, page.PrevIterator, page.Done).ToList(asked);
    }

    public static async Task<ListPage<LedgerLine>> ApplicationsAsync(
        WebhooksDbContext db, LedgerQuery query, string since, CancellationToken cancellationToken)
    {
        var entries = query.Of(db);
        var largest = await entries.GroupBy(h => h.ApplicationId)
            .Select(same => new { Id = same.Key, Accepted = same.Sum(h => h.LastSequence - h.FirstSequence) })
            .OrderByDescending(same => same.Accepted).ThenBy(same => same.Id).Take(Most).Select(same => same.Id)
            .ToListAsync(cancellationToken);
        var names = await Names.ReadAsync(db, largest, id => id, _ => null, cancellationToken);
        var lines = new List<LedgerLine>();
        foreach (var id in largest)
        {
            var total = await TotalAsync(entries.Where(h => h.ApplicationId == id), cancellationToken);
            lines.Add(LedgerLine.Of(total, names.Of(id), null, $"/ledger?since={since}&by=endpoint&app={id}"));
        }

        return new ListPage<LedgerLine>(lines, null, null);
    }

    public static async Task<ListPage<LedgerLine>> EndpointsAsync(
        WebhooksDbContext db, LedgerQuery query, string since, CancellationToken cancellationToken)
    {
        var entries = query.Of(db);
        var largest = await entries.GroupBy(h => new { h.ApplicationId, h.EndpointId })
            .Select(same => new { same.Key, Accepted = same.Sum(h => h.LastSequence - h.FirstSequence) })
            .OrderByDescending(same => same.Accepted).ThenBy(same => same.Key.EndpointId).Take(Most).Select(same => same.Key)
            .ToListAsync(cancellationToken);
        var names = await Names.ReadAsync(db, largest, key => key.ApplicationId, key => key.EndpointId, cancellationToken);
        var lines = new List<LedgerLine>();
        foreach (var key in largest)
        {
            var total = await TotalAsync(entries.Where(h => h.EndpointId == key.EndpointId), cancellationToken);
            var hours = $"/ledger?since={since}&by=hour&app={key.ApplicationId}&endpoint={key.EndpointId}";
            lines.Add(LedgerLine.Of(total, names.Of(key.EndpointId), names.Of(key.ApplicationId), hours));
        }

        return new ListPage<LedgerLine>(lines, null, null);
    }

    private static async Task<LedgerTotalOut> TotalAsync(IQueryable<LedgerHour> entries, CancellationToken cancellationToken) =>
        LedgerTotals.ToOut(await LedgerTotals.Of(entries).ToListAsync(cancellationToken));
}

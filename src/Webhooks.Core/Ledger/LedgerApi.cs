using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Ledger;

/// <summary>The books: what came, what became of it, and whether it comes out even.</summary>
internal static class LedgerApi
{
    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        var ledger = api.MapGroup("/ledger").RequireAuthorization(Access.Full).WithTags("Ledger");
        ledger.MapGet("", ListAsync).WithName("v1.ledger.list").WithSummary("List the books by endpoint and hour, newest first");
        ledger.MapGet("total", SumAsync).WithName("v1.ledger.total").WithSummary("Sum up the books");
        ledger.MapGet("seal", ListSealsAsync).WithName("v1.ledger.list-seals").WithSummary("List the seals of closed days, newest first");
    }

    private static async Task<Ok<Page<LedgerHourOut>>> ListAsync(
        Query<LedgerQuery> query, Query<PageQuery> page, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await query.Value.Of(db).AsNoTracking()
            .ToPageAsync(page.Value.Page, h => h.Id, LedgerHourOut.Projection, h => h.Id, cancellationToken));

    private static async Task<Ok<LedgerTotalOut>> SumAsync(
        Query<LedgerQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(LedgerTotals.ToOut(await LedgerTotals.Of(query.Value.Of(db)).ToListAsync(cancellationToken)));

    private static async Task<Ok<Page<LedgerSealOut>>> ListSealsAsync(
        Query<SealQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.LedgerSeals.AsNoTracking()
            .ToPageAsync(query.Value.Page, s => s.Day, LedgerSealOut.Projection, s => s.Day, cancellationToken));

    internal sealed record PageQuery(PageRequest<LedgerHourId> Page) : IQuery<PageQuery>
    {
        public static PageQuery Read(QueryReader query) => new(query.Page<LedgerHourId>(isAscending: false));
    }

    internal sealed record SealQuery(PageRequest<string> Page) : IQuery<SealQuery>
    {
        public static SealQuery Read(QueryReader query) => new(query.PageByName(isAscending: false, TextRule.EventType));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Audit;

/// <summary>The audit log, to read. Nothing changes it.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit-log", ListAsync).RequireAuthorization(Access.Full).WithTags("Audit log")
            .WithName("v1.audit-log.list").WithSummary("List who did what, newest first");

    private static async Task<Ok<Page<AuditEntryOut>>> ListAsync(
        Query<AuditListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await query.Value.Filter(db)
            .ToPageAsync(query.Value.Page, e => e.Id, AuditEntryOut.Projection, e => e.Id, cancellationToken));
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Nodes;

/// <summary>The processes of the service.</summary>
internal static class NodesApi
{
    public static void MapNodes(this IEndpointRouteBuilder api) =>
        api.MapGroup("/node").RequireAuthorization(Access.Full).WithTags("Nodes")
            .MapGet("", ListAsync).WithName("v1.node.list").WithSummary("List the service's nodes by name");

    private static async Task<Ok<Page<NodeOut>>> ListAsync(
        Query<NodeQuery> query, WebhooksDbContext db, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.Nodes.ToPageAsync(
            query.Value.Page, n => n.Name, NodeOut.Projection(clock.GetUtcMicroseconds()), n => n.Name, cancellationToken));

    internal sealed record NodeQuery(PageRequest<string> Page) : IQuery<NodeQuery>
    {
        public static NodeQuery Read(QueryReader query) => new(query.PageByName(isAscending: true, TextRule.EventType));
    }
}

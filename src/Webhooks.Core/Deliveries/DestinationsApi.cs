using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>Where messages go, and how they stand there.</summary>
internal static class DestinationsApi
{
    public static void MapDestinations(this IEndpointRouteBuilder api)
    {
        var destinations = api.MapGroup("/app/{app_id}").RequireAuthorization(Access.Application).WithTags("Attempts");
        destinations.MapGet("msg/{msg_id}/endpoint", ListEndpointsAsync)
            .WithName("v1.message-attempt.list-attempted-destinations")
            .WithSummary("List the endpoints that a message goes to, and how it stands there");
        destinations.MapGet("endpoint/{endpoint_id}/msg", ListMessagesAsync)
            .WithName("v1.message-attempt.list-attempted-messages")
            .WithSummary("List the messages that go to an endpoint, newest first, and how they stand there");
    }

    private static async Task<Results<Ok<Page<MessageEndpointOut>>, Problem>> ListEndpointsAsync(
        [AppId] string app, [MsgId] string message, Query<MessageEndpointQuery> query, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindMessageAsync(application, message, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        return TypedResults.Ok(await db.Deliveries.Where(d => d.MessageId == id).Newest(db)
            .ToPageAsync(query.Value.Page, d => d.EndpointId, rows => rows.ToEndpoints(db), e => e.Id, cancellationToken));
    }

    private static async Task<Results<Ok<Page<EndpointMessageOut>>, Problem>> ListMessagesAsync(
        [AppId] string app, [EndpointId] string endpoint, Query<EndpointMessageQuery> query, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        var withContent = query.Value.Content.WithContent;
        return TypedResults.Ok(await db.Deliveries.Where(d => d.EndpointId == id).Newest(db).Where(query.Value, db)
            .ToPageAsync(query.Value.Page, d => d.MessageId, rows => rows.ToMessages(db, withContent), m => m.Id, cancellationToken));
    }
}

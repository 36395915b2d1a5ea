using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Messages;

/// <summary>Tells a publisher whether an event is worth making.</summary>
internal static class MessagePrecheckApi
{
    public static void MapMessagePrecheck(this IEndpointRouteBuilder messages) =>
        messages.MapPost("precheck/active", CheckAsync).RequireAuthorization(Access.Publish)
            .WithName("v1.message.precheck").WithSummary("Ask whether any endpoint would get such an event");

    private static async Task<Results<Ok<MessagePrecheckOut>, Problem>> CheckAsync(
        [AppId] string app, Body<MessagePrecheckIn> body, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var (type, channels) = (body.Value.EventType, body.Value.Channels);
        return TypedResults.Ok(new MessagePrecheckOut(await db.Endpoints.Live(application)
            .Select(e => new Subscription(e.Id, e.EventTypes, e.Channels, 0))
            .AsAsyncEnumerable()
            .AnyAsync(subscription => subscription.Matches(type, channels), cancellationToken)));
    }
}

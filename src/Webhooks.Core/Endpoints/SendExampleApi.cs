using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Endpoints;

/// <summary>Sends an event type's example to an endpoint, and to no other.</summary>
internal static class SendExampleApi
{
    public static void MapSendExample(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("{endpoint_id}/send-example", SendAsync).Writes()
            .WithName("v1.endpoint.send-example").WithSummary("Send an event type's example to an endpoint");

    private static async Task<Results<Ok<MessageOut>, Problem>> SendAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<EventExampleIn> body, Caller caller, WebhooksDbContext db, Example example,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Endpoints.Live(application).AsNoTracking().ByIdOrUid(endpoint)
                .FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        var type = body.Value.EventType;
        if (await FindPayloadAsync(db, caller, body.Value, cancellationToken) is not { } payload)
            return NoExample(body.Value);
        if (FindRefusal(found, type, payload) is { } refusal)
            return refusal;

        return TypedResults.Ok(await example.AddAsync(found, type, payload, cancellationToken));
    }

    private static async Task<RawJson?> FindPayloadAsync(
        WebhooksDbContext db, Caller caller, EventExampleIn wanted, CancellationToken cancellationToken) =>
        wanted.EventType == ExamplePayload.PingType
            ? ExamplePayload.Ping
            : ExamplePayload.Of(
                await db.EventTypes.Visible(caller)
                    .Where(t => t.Name == wanted.EventType).Select(t => t.Schemas).FirstOrDefaultAsync(cancellationToken),
                wanted.ExampleIndex);

    private static Problem NoExample(EventExampleIn wanted) => ApiProblems.BadRequest(
        "invalid_scheme",
        $"The event type '{wanted.EventType}' has no example {wanted.ExampleIndex}. Give it a schema whose version \"1\" has 'examples', a "
        + "list of objects, of which the first is 0.");

    // A ping goes through all filters: it is not one of the publisher's event types, so an endpoint can't choose it.
    private static Problem? FindRefusal(Endpoint endpoint, string type, RawJson payload)
    {
        if (endpoint.Disabled)
            return ApiProblems.BadRequest("endpoint_disabled", "The endpoint is disabled, so nothing can be sent to it. Enable it first.");
        if (endpoint.PausedAt is not null)
            return ApiProblems.BadRequest("endpoint_paused", "The endpoint is paused, so nothing can be sent to it. Resume it first.");
        if (type == ExamplePayload.PingType)
            return null;
        if (endpoint.EventTypes is { } wanted && !wanted.Contains(type))
            return ApiProblems.BadRequest(
                "filtered", $"The endpoint's eventTypes do not have '{type}', so it would not get such an event. Add it there first.");

        return endpoint.Filter is { } filter && !Matches(filter, payload)
            ? ApiProblems.BadRequest(
                "filtered",
                $"The endpoint's filter does not let the example of '{type}' through, so it would not get it. Change one of the two.")
            : null;
    }

    private static bool Matches(string filter, RawJson payload)
    {
        using var filtered = new FilteredPayload(payload.Utf8);
        return filtered.Matches(ContentFilter.Parse(filter));
    }
}

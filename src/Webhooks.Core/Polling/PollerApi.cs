using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Polling;

/// <summary>
/// A subscriber's other way to its messages: it reads what its endpoint was to get, whether or not that is enabled, reachable or paused.
/// So it fills what an outage left open, or does without being called at all.
/// </summary>
internal static class PollerApi
{
    public static void MapPoller(this IEndpointRouteBuilder api)
    {
        var poller = api.MapGroup("/app/{app_id}/poller/{sink_id}").RequireAuthorization(Access.Application).WithTags("Poller");
        poller.MapGet("", PollAsync).WithName("v1.message.poller.poll").WithSummary("Read what came in for an endpoint, oldest first");
        poller.MapGet("consumer/{consumer_id}", PollConsumerAsync).WithName("v1.message.poller.consumer-poll").WithSummary(
            "Read on where a named reader has confirmed to be; sending a page's iterator confirms that page");
        poller.MapPost("consumer/{consumer_id}/seek", SeekAsync).Writes()
            .WithName("v1.message.poller.consumer-seek").WithSummary("Put a named reader to a time, forwards or backwards");
    }

    private static async Task<Results<Ok<PollingEndpointOut>, Problem>> PollAsync(
        [AppId] string app, [SinkId] string sink, Query<PollQuery> query, Caller caller, Sinks sinks, LaneReader lane, LaneTimes times,
        CancellationToken cancellationToken)
    {
        var (page, filter) = query.Value;
        if (await sinks.FindAsync(caller, app, sink, cancellationToken) is not { } found)
            return ApiProblems.NotFound();
        if (found.FindFault(page.After) is { } fault)
            return fault;

        var position = page.After?.Sequence
            ?? (filter.After is { } time ? await times.FindAsync(found.Id, found.LastSequence, time, cancellationToken) : 0);
        return TypedResults.Ok(await lane.ReadAsync(found.Id, position, filter, page.Limit, cancellationToken));
    }

    private static async Task<Results<Ok<PollingEndpointOut>, Problem>> PollConsumerAsync(
        [AppId] string app, [SinkId] string sink, [ConsumerId] string consumer, Query<PollPageQuery> query, Caller caller, Sinks sinks,
        LaneReader lane, PollConsumers consumers, CancellationToken cancellationToken)
    {
        if (FindNameFault(consumer) is { } broken)
            return broken;
        if (await sinks.FindAsync(caller, app, sink, cancellationToken) is not { } found)
            return ApiProblems.NotFound();
        if (found.FindFault(query.Value.After) is { } fault)
            return fault;
        if (query.Value.After is { } page
            && await consumers.ConfirmAsync(found.Id, consumer, page.Sequence, cancellationToken) is { } refusal)
            return refusal;

        var position = query.Value.After?.Sequence ?? await consumers.PositionAsync(found.Id, consumer, cancellationToken);
        return TypedResults.Ok(await lane.ReadAsync(found.Id, position, PollFilter.None, query.Value.Limit, cancellationToken));
    }

    private static async Task<Results<Ok<PollingEndpointConsumerSeekOut>, Problem>> SeekAsync(
        [AppId] string app, [SinkId] string sink, [ConsumerId] string consumer, Body<PollingEndpointConsumerSeekIn> body, Caller caller,
        Sinks sinks, LaneTimes times, PollConsumers consumers, CancellationToken cancellationToken)
    {
        if (FindNameFault(consumer) is { } broken)
            return broken;
        if (await sinks.FindAsync(caller, app, sink, cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        var position = await times.FindAsync(found.Id, found.LastSequence, body.Value.After, cancellationToken);
        if (await consumers.PlaceAsync(found.Id, consumer, position, cancellationToken) is { } refusal)
            return refusal;

        return TypedResults.Ok(new PollingEndpointConsumerSeekOut(new PollIterator(found.Id, position).ToString()));
    }

    private static Problem? FindNameFault(string consumer) =>
        TextRule.EventType.FindFault(consumer) is { } fault ? ApiProblems.Invalid(["path", "consumer_id"], fault) : null;
}

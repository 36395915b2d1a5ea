using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Endpoints;

/// <summary>How an endpoint's deliveries stand.</summary>
internal static class EndpointStatsApi
{
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(28);

    public static void MapEndpointStats(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("{endpoint_id}/stats", GetAsync)
            .WithName("v1.endpoint.get-stats")
            .WithSummary("Count an endpoint's deliveries by status, of messages accepted in a time range");

    private static async Task<Results<Ok<EndpointStats>, Problem>> GetAsync(
        [AppId] string app, [EndpointId] string endpoint, Query<EndpointStatsQuery> query, Caller caller, WebhooksDbContext db,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        var until = query.Value.Until ?? clock.GetUtcNow();
        var since = query.Value.Since ?? IdTime.Before(until, LongestSpan);
        if (since > until || until - since > LongestSpan)
            return ApiProblems.BadRequest("invalid_range", "'since' must not be later than 'until', nor more than 28 days before it.");

        return TypedResults.Ok(await CountAsync(db, id, since, until, cancellationToken));
    }

    private static async Task<EndpointStats> CountAsync(
        WebhooksDbContext db, EndpointId endpoint, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Ids of messages rise with their times, so the index of the endpoint's messages bounds the work.
        var (first, last) = (IdTime.FirstOf<MessageId>(since), IdTime.LastOf<MessageId>(until));
        var groups = await db.Deliveries
            .Where(d => d.EndpointId == endpoint && d.MessageId >= first && d.MessageId <= last)
            .GroupBy(d => new { d.State, IsTried = d.Attempts > 0 })
            .Select(group => new { group.Key.State, group.Key.IsTried, Count = group.LongCount() })
            .ToListAsync(cancellationToken);

        var counts = groups.ToLookup(group => DeliveryStatus.Of(group.State, group.IsTried), group => group.Count);
        return new EndpointStats
        {
            Success = counts[MessageStatus.Success].Sum(),
            Pending = counts[MessageStatus.Pending].Sum(),
            Sending = counts[MessageStatus.Sending].Sum(),
            Fail = counts[MessageStatus.Fail].Sum(),
            Canceled = counts[MessageStatus.Canceled].Sum(),
        };
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>Sends many messages to an endpoint again, or at last.</summary>
internal static class ReplayApi
{
    public static void MapReplays(this IEndpointRouteBuilder api)
    {
        var endpoint = api.MapGroup("/app/{app_id}/endpoint/{endpoint_id}").RequireAuthorization(Access.Application).WithTags("Endpoints");
        endpoint.MapPost("recover", RecoverAsync).StartsTask()
            .WithName("v1.endpoint.recover").WithSummary("Send again what failed at an endpoint");
        endpoint.MapPost("replay-missing", ReplayMissingAsync).StartsTask()
            .WithName("v1.endpoint.replay-missing").WithSummary("Send to an endpoint what matches it and was never sent there");
        endpoint.MapPost("bulk-replay", BulkReplayAsync).StartsTask()
            .WithName("v1.endpoint.bulk-replay").WithSummary("Send again an endpoint's messages that fit a filter");
    }

    private static Task<Results<Accepted<TaskStartedOut>, Problem>> RecoverAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<RecoverIn> body, Caller caller, ReplayStart start,
        CancellationToken cancellationToken) =>
        start.RunAsync(BackgroundTaskKind.Recover, caller, app, endpoint, body.Value, cancellationToken);

    private static Task<Results<Accepted<TaskStartedOut>, Problem>> ReplayMissingAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<ReplayIn> body, Caller caller, ReplayStart start,
        CancellationToken cancellationToken) =>
        start.RunAsync(BackgroundTaskKind.ReplayMissing, caller, app, endpoint, body.Value, cancellationToken);

    private static Task<Results<Accepted<TaskStartedOut>, Problem>> BulkReplayAsync(
        [AppId] string app, [EndpointId] string endpoint, Body<BulkReplayIn> body, Caller caller, ReplayStart start,
        CancellationToken cancellationToken) =>
        start.RunAsync(BackgroundTaskKind.BulkReplay, caller, app, endpoint, body.Value, cancellationToken);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>Sends a message to an endpoint again.</summary>
internal static class ResendApi
{
    public static void MapResend(this IEndpointRouteBuilder api) =>
        api.MapPost("/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend", ResendAsync).Writes()
            .RequireAuthorization(Access.Application).WithTags("Attempts")
            .WithName("v1.message-attempt.resend").WithSummary("Send a message to an endpoint again, beside what is scheduled");

    private static async Task<Results<Accepted<EmptyResponse>, Problem>> ResendAsync(
        [AppId] string app, [MsgId] string message, [EndpointId] string endpoint, Caller caller, WebhooksDbContext db, Resend resend,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Messages.Of(application).ByIdOrEventId(message).Select(m => (MessageId?)m.Id).FirstOrDefaultAsync(cancellationToken) is not { } messageId
            || await FindTargetAsync(db, application, endpoint, cancellationToken) is not { } target)
            return ApiProblems.NotFound();

        if (ResendProblems.Find(target.Disabled, target.Paused) is { } refusal)
            return refusal;
        if (await resend.AddAsync(messageId, target.Id, caller.Who, cancellationToken) is null)
            return ResendProblems.MissingPayload();

        return TypedResults.Accepted((string?)null, EmptyResponse.Instance);
    }

    private static Task<Target?> FindTargetAsync(
        WebhooksDbContext db, ApplicationId application, string endpoint, CancellationToken cancellationToken) =>
        db.Endpoints.Live(application).ByIdOrUid(endpoint).Select(e => new Target(e.Id, e.Disabled, e.PausedAt != null))
            .FirstOrDefaultAsync(cancellationToken);

    private sealed record Target(EndpointId Id, bool Disabled, bool Paused);
}

using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>Removes what an endpoint answered, where it must not be kept.</summary>
internal static class AttemptContentApi
{
    private static readonly byte[] Expunged = Encoding.UTF8.GetBytes("EXPUNGED");

    public static void MapAttemptContent(this IEndpointRouteBuilder api) =>
        api.MapDelete("/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content", ExpungeAsync).Writes()
            .RequireAuthorization(Access.Full).WithTags("Attempts")
            .WithName("v1.message-attempt.expunge-content").WithSummary("Remove the stored response of an attempt for good");

    private static async Task<Results<NoContent, Problem>> ExpungeAsync(
        [AppId] string app, [MsgId] string message, [AttemptId] string attempt, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<AttemptId>(attempt, out var id)
            || await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindMessageAsync(application, message, cancellationToken) is not { } messageId)
            return ApiProblems.NotFound();

        var expunged = await db.Attempts.Where(a => a.Id == id && a.MessageId == messageId).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.ResponseBody, Expunged).SetProperty(a => a.ResponseHeaders, (string?)null), cancellationToken);
        return expunged == 0 ? ApiProblems.NotFound() : TypedResults.NoContent();
    }
}

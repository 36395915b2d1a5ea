using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Messages;

/// <summary>Removes what a message says, where it must not be kept.</summary>
internal static class MessageContentApi
{
    public static void MapMessageContent(this IEndpointRouteBuilder messages) =>
        messages.MapDelete("{msg_id}/content", ExpungeAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.message.expunge-content")
            .WithSummary("Remove a message's payload for good; deliveries that still wait become dead letters");

    private static async Task<Results<NoContent, Problem>> ExpungeAsync(
        [AppId] string app, [MsgId] string message, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindMessageAsync(application, message, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        // Deliveries on their way are left as they are: the worker that claims one next finds no payload and makes it a dead letter
        // (PayloadGone), so a human sees what was not delivered. One that is being sent just now has its copy and goes out.
        await db.MessagePayloads.Where(p => p.MessageId == id).ExecuteDeleteAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}

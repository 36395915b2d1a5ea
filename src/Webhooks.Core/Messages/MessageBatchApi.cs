using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Messages;

/// <summary>Publishes many events with one request: one transaction, an answer for each.</summary>
internal static class MessageBatchApi
{
    public static void MapMessageBatch(this IEndpointRouteBuilder messages) =>
        messages.MapPost("batch", PublishAsync).RequireAuthorization(Access.Publish)
            .WithName("v1.message.create-batch")
            .WithSummary("Publish up to 1,000 events in one transaction; each is answered in its place");

    private static async Task<Results<Ok<MessageBatchOut>, Problem>> PublishAsync(
        [AppId] string app, Body<MessageBatchIn> body, Query<ContentQuery> query, OutboxWriter outbox, HttpContext http,
        CancellationToken cancellationToken)
    {
        var (claim, refusal) = await IdempotencyHeader.ReadAsync(http);
        if (refusal is not null)
            return refusal;

        var batch = new MessageBatch(body.Value.Messages);
        batch.Judge(await PayloadCheck.RunAsync(http, batch.Messages, claim, cancellationToken));
        var requests = batch.RequestsTo(app, claim);
        if (requests.Count == 0 || OperationalApplication.IsNamedBy(app))
            return await IsThereAsync(http, app, cancellationToken)
                ? TypedResults.Ok(batch.Answer([], query.Value.WithContent))
                : ApiProblems.NotFound();

        var results = await outbox.PublishBatchAsync(requests, cancellationToken);
        return results?[0].Status switch
        {
            null => ApiProblems.TooManyRequests(MessagesApi.RetryAfter),
            PublishStatus.ApplicationNotFound => ApiProblems.NotFound(),
            PublishStatus.IdempotencyConflict => ApiProblems.IdempotencyKeyReused(),
            _ => TypedResults.Ok(batch.Answer(results, query.Value.WithContent)),
        };
    }

    // With nothing to publish the outbox is not asked.
    private static async Task<bool> IsThereAsync(HttpContext http, string app, CancellationToken cancellationToken)
    {
        var db = http.RequestServices.GetRequiredService<WebhooksDbContext>();
        return await db.FindApplicationAsync(Caller.Of(http), app, cancellationToken) is not null;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>What was attempted, and what came of it.</summary>
internal static class AttemptsApi
{
    public static void MapAttempts(this IEndpointRouteBuilder api)
    {
        var attempts = api.MapGroup("/app/{app_id}").RequireAuthorization(Access.Application).WithTags("Attempts");
        attempts.MapGet("attempt/msg/{msg_id}", ListByMessageAsync)
            .WithName("v1.message-attempt.list-by-msg").WithSummary("List a message's attempts, newest first");
        attempts.MapGet("attempt/endpoint/{endpoint_id}", ListByEndpointAsync)
            .WithName("v1.message-attempt.list-by-endpoint").WithSummary("List the attempts at an endpoint, newest first");
        attempts.MapGet("msg/{msg_id}/attempt/{attempt_id}", GetAsync)
            .WithName("v1.message-attempt.get").WithSummary("Get an attempt");
    }

    private static async Task<Results<Ok<Page<MessageAttemptOut>>, Problem>> ListByMessageAsync(
        [AppId] string app, [MsgId] string message, Query<AttemptListQuery> query, Query<EndpointFilter> filter, Caller caller,
        WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindMessageAsync(application, message, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        var attempts = db.Attempts.Where(a => a.MessageId == id);
        if (filter.Value.EndpointId is { } idOrUid)
        {
            // Deleted ones too: their history stays.
            var endpoints = db.Endpoints.Where(e => e.ApplicationId == application).ByIdOrUid(idOrUid);
            attempts = attempts.Where(a => endpoints.Any(e => e.Id == a.EndpointId));
        }

        return TypedResults.Ok(await PageAsync(attempts, query.Value, db, cancellationToken));
    }

    private static async Task<Results<Ok<Page<MessageAttemptOut>>, Problem>> ListByEndpointAsync(
        [AppId] string app, [EndpointId] string endpoint, Query<AttemptListQuery> query, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.FindEndpointAsync(application, endpoint, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        return TypedResults.Ok(await PageAsync(db.Attempts.Where(a => a.EndpointId == id), query.Value, db, cancellationToken));
    }

    private static async Task<Results<Ok<MessageAttemptOut>, Problem>> GetAsync(
        [AppId] string app, [MsgId] string message, [AttemptId] string attempt, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<AttemptId>(attempt, out var id)
            || await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var messages = db.Messages.Of(application).ByIdOrEventId(message);
        var found = await db.Attempts
            .Where(a => a.Id == id && messages.Any(m => m.Id == a.MessageId))
            .ToOut(db, withContent: true).FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblems.NotFound() : TypedResults.Ok(found);
    }

    private static Task<Page<MessageAttemptOut>> PageAsync(
        IQueryable<Attempt> attempts, AttemptListQuery query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        attempts.Where(query, db).ToPageAsync(
            query.Page, a => a.Id, rows => rows.ToOut(db, query.Content.WithContent), a => a.Id, cancellationToken);
}

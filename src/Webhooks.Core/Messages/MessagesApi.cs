using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Outbox;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Messages;

/// <summary>
/// Events are published and looked up here. This is where the way of an event begins; it goes on in <see cref="OutboxWriter"/>.
/// </summary>
internal static class MessagesApi
{
    /// <summary>By then the batch that filled the queue is written.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/app/{app_id}/msg").WithTags("Messages");
        messages.MapPost("", PublishAsync).RequireAuthorization(Access.Publish)
            .WithName("v1.message.create").WithSummary("Publish an event; 202 means that it and its deliveries are durable");
        messages.MapGet("", ListAsync).RequireAuthorization(Access.Application)
            .WithName("v1.message.list").WithSummary("List an application's messages, newest first");
        messages.MapGet("{msg_id}", GetAsync).RequireAuthorization(Access.Application)
            .WithName("v1.message.get").WithSummary("Get a message");
        messages.MapMessageBatch();
        messages.MapMessagePrecheck();
        messages.MapMessageContent();
    }

    private static async Task<Results<Accepted<MessageOut>, Problem>> PublishAsync(
        [AppId] string app, Body<MessageIn> body, Query<ContentQuery> query, OutboxWriter outbox, HttpContext http,
        CancellationToken cancellationToken)
    {
        // The outbox knows it: the service itself publishes to it.
        if (OperationalApplication.IsNamedBy(app))
            return ApiProblems.NotFound();

        var input = body.Value;
        var (claim, refusal) = await IdempotencyHeader.ReadAsync(http);
        if (refusal is not null)
            return refusal;

        var verdicts = await PayloadCheck.RunAsync(http, [input], claim, cancellationToken);
        if (verdicts.Refuses(0))
            return ApiProblems.Invalid(verdicts.Items[0].FaultsAt("body"));
        using var span = PublishSpan.Start(input.EventType, input.Payload.Utf8.Length);
        var request = RequestOf(app, input, claim);
        if (input.Application is { } brought)
        {
            // First, so that no application is left behind by an event that is turned away.
            if (outbox.IsFullFor(request))
                return ApiProblems.TooManyRequests(RetryAfter);
            if (await EnsureAsync(http, app, brought, claim, cancellationToken) is { } fault)
                return fault;
        }

        var result = await outbox.PublishAsync(request, cancellationToken);
        span?.Finish(result);
        return result.Status switch
        {
            PublishStatus.Accepted => TypedResults.Accepted(
                (string?)null, MessageOut.Of(result, input, verdicts.Items[0], query.Value.WithContent)),
            PublishStatus.ApplicationNotFound => ApiProblems.NotFound(),
            PublishStatus.EventIdTaken => EventIdTaken(),
            PublishStatus.IdempotencyConflict => ApiProblems.IdempotencyKeyReused(),
            PublishStatus.QueueFull => ApiProblems.TooManyRequests(RetryAfter),
            _ => throw new UnreachableException(),
        };
    }

    // Made only for events that need it: the DbContext it comes with costs more than all else that happens before the commit.
    private static Task<Problem?> EnsureAsync(
        HttpContext http, string app, ApplicationIn brought, IdempotencyClaim? claim, CancellationToken cancellationToken) =>
        http.RequestServices.GetRequiredService<ApplicationOnTheFly>().EnsureAsync(app, brought, claim, cancellationToken);

    /// <summary>What of a published event goes to the outbox.</summary>
    public static PublishRequest RequestOf(string app, MessageIn input, IdempotencyClaim? claim) => new(
        app, input.EventType, input.EventId, input.Channels, input.Payload.Utf8, TimeSpan.FromDays(input.PayloadRetentionPeriod),
        TraceParent(), claim)
    {
        OrderingKey = input.OrderingKey,
        RawPayload = input.TransformationsParams?.RawPayload is { } raw ? Encoding.UTF8.GetBytes(raw) : null,
    };

    public static Problem EventIdTaken() =>
        ApiProblems.Conflict("A message of this application has this eventId: the event was published before.");

    private static async Task<Results<Ok<Page<MessageOut>>, Problem>> ListAsync(
        [AppId] string app, Query<MessageListQuery> query, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var withContent = query.Value.Content.WithContent;
        return TypedResults.Ok(await db.Messages.Of(application).Where(query.Value.Filter).Where(query.Value.Range)
            .ToPageAsync(query.Value.Page, m => m.Id, rows => rows.ToOut(db, withContent), m => m.Id, cancellationToken));
    }

    private static async Task<Results<Ok<MessageOut>, Problem>> GetAsync(
        [AppId] string app, [MsgId] string message, Query<ContentQuery> query, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var found = await db.Messages.Of(application).ByIdOrEventId(message)
            .ToOut(db, query.Value.WithContent).FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblems.NotFound() : TypedResults.Ok(found);
    }

    private static string? TraceParent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
}

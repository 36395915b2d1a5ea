using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.DeadLetters;

/// <summary>What was not delivered and is in front of people: for operators all of it, for an application its own.</summary>
internal static class DeadLettersApi
{
    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/dead-letter").RequireAuthorization(Access.Full).WithTags("Dead letters");
        all.MapGet("", ListAsync).WithName("v1.dead-letter.list").WithSummary("List dead letters, newest first");
        all.MapGet("{dlv_id}", GetAsync)
            .WithName("v1.dead-letter.get").WithSummary("Get a dead letter and what is needed to decide about it");
        all.MapDeadLetterDecisions();
        all.MapDeadLetterBulk();

        var own = api.MapGroup("/app/{app_id}/dead-letter").RequireAuthorization(Access.Application).WithTags("Dead letters");
        own.MapGet("", ListOwnAsync)
            .WithName("v1.application-dead-letter.list").WithSummary("List an application's dead letters, newest first");
        own.MapGet("{dlv_id}", GetOwnAsync)
            .WithName("v1.application-dead-letter.get").WithSummary("Get an application's dead letter");
    }

    private static async Task<Ok<Page<DeadLetterOut>>> ListAsync(
        Query<DeadLetterListQuery> query, Query<DeadLetterApplicationQuery> whose, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        ApplicationId? application = null;
        if (whose.Value.AppId is { } idOrUid)
        {
            application = await db.FindApplicationOfLettersAsync(idOrUid, cancellationToken);
            if (application is null)
                return TypedResults.Ok(Nothing);
        }

        return TypedResults.Ok(await PageAsync(db, query.Value, application, cancellationToken));
    }

    private static async Task<Results<Ok<Page<DeadLetterOut>>, Problem>> ListOwnAsync(
        [AppId] string app, Query<DeadLetterListQuery> query, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken) =>
        await db.FindApplicationAsync(caller, app, cancellationToken) is { } application
            ? TypedResults.Ok(await PageAsync(db, query.Value, application, cancellationToken))
            : ApiProblems.NotFound();

    private static async Task<Results<Ok<DeadLetterDetailOut>, Problem>> GetAsync(
        [DeadLetterId] string letter, WebhooksDbContext db, CancellationToken cancellationToken) =>
        await DetailAsync(db.DeadLetters, letter, db, cancellationToken);

    private static async Task<Results<Ok<DeadLetterDetailOut>, Problem>> GetOwnAsync(
        [AppId] string app, [DeadLetterId] string letter, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken) =>
        await db.FindApplicationAsync(caller, app, cancellationToken) is { } application
            ? await DetailAsync(db.DeadLetters.Where(l => l.ApplicationId == application), letter, db, cancellationToken)
            : ApiProblems.NotFound();

    private static Page<DeadLetterOut> Nothing => new([], null, null, true);

    private static async Task<Page<DeadLetterOut>> PageAsync(
        WebhooksDbContext db, DeadLetterListQuery query, ApplicationId? application, CancellationToken cancellationToken)
    {
        var filter = query.ToFilter() with { ApplicationId = application };
        var letters = db.DeadLetters.InScope(filter).Fitting(filter);
        if (query.EndpointId is { } idOrUid)
        {
            var endpoints = await db.FindEndpointsOfLettersAsync(application, idOrUid, cancellationToken);
            letters = letters.Where(l => endpoints.Contains(l.EndpointId));
        }

        return await letters.ToPageAsync(query.Page, l => l.DeliveryId, DeadLetterOut.Projection, l => l.Id, cancellationToken);
    }

    private static async Task<Results<Ok<DeadLetterDetailOut>, Problem>> DetailAsync(
        IQueryable<DeadLetter> letters, string letter, WebhooksDbContext db, CancellationToken cancellationToken) =>
        IdText.TryParse<DeliveryId>(letter, out var id)
        && await letters.Where(l => l.DeliveryId == id).Select(DeadLetterOut.Projection).FirstOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(await db.DetailOfAsync(found, cancellationToken))
            : ApiProblems.NotFound();
}

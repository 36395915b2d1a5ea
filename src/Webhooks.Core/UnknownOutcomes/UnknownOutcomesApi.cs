using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>Of which deliveries it was unknown whether they arrived, and what followed: all for operators, its own for an application.</summary>
internal static class UnknownOutcomesApi
{
    public static void MapUnknownOutcomes(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/unknown-outcome").RequireAuthorization(Access.Full).WithTags("Unknown outcomes");
        all.MapGet("", ListAsync)
            .WithName("v1.unknown-outcome.list").WithSummary("List deliveries with an unknown outcome and what followed, newest first");
        all.MapGet("count", CountAsync)
            .WithName("v1.unknown-outcome.count").WithSummary("Count deliveries with an unknown outcome by what followed");

        var own = api.MapGroup("/app/{app_id}/unknown-outcome").RequireAuthorization(Access.Application).WithTags("Unknown outcomes");
        own.MapGet("", ListOwnAsync)
            .WithName("v1.application-unknown-outcome.list")
            .WithSummary("List an application's deliveries with an unknown outcome and what followed, newest first");
        own.MapGet("count", CountOwnAsync)
            .WithName("v1.application-unknown-outcome.count")
            .WithSummary("Count an application's deliveries with an unknown outcome by what followed");
    }

    private static async Task<Ok<Page<UnknownOutcomeOut>>> ListAsync(
        Query<UnknownOutcomeFilter> filter, Query<UnknownOutcomePageQuery> page, Query<UnknownOutcomeApplicationQuery> whose,
        WebhooksDbContext db, CancellationToken cancellationToken) =>
        await FindAsync(db, filter.Value, whose.Value, cancellationToken) is { } outcomes
            ? TypedResults.Ok(await PageAsync(outcomes, page.Value, db, cancellationToken))
            : TypedResults.Ok(new Page<UnknownOutcomeOut>([], null, null, true));

    private static async Task<Ok<UnknownOutcomeCountOut>> CountAsync(
        Query<UnknownOutcomeFilter> filter, Query<UnknownOutcomeApplicationQuery> whose, WebhooksDbContext db,
        CancellationToken cancellationToken) =>
        await FindAsync(db, filter.Value, whose.Value, cancellationToken) is { } outcomes
            ? TypedResults.Ok(UnknownOutcomeCountOut.Of(await outcomes.Count().ToListAsync(cancellationToken)))
            : TypedResults.Ok(UnknownOutcomeCountOut.Of([]));

    private static async Task<Results<Ok<Page<UnknownOutcomeOut>>, Problem>> ListOwnAsync(
        [AppId] string app, Query<UnknownOutcomeFilter> filter, Query<UnknownOutcomePageQuery> page, Caller caller, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var outcomes = await OfAsync(db, filter.Value, application, cancellationToken);
        return TypedResults.Ok(await PageAsync(outcomes, page.Value, db, cancellationToken));
    }

    private static async Task<Results<Ok<UnknownOutcomeCountOut>, Problem>> CountOwnAsync(
        [AppId] string app, Query<UnknownOutcomeFilter> filter, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application)
            return ApiProblems.NotFound();

        var outcomes = await OfAsync(db, filter.Value, application, cancellationToken);
        return TypedResults.Ok(UnknownOutcomeCountOut.Of(await outcomes.Count().ToListAsync(cancellationToken)));
    }

    /// <returns>Null where there is no such application.</returns>
    private static async Task<IQueryable<UnknownOutcome>?> FindAsync(
        WebhooksDbContext db, UnknownOutcomeFilter filter, UnknownOutcomeApplicationQuery whose, CancellationToken cancellationToken)
    {
        if (whose.AppId is not { } idOrUid)
            return await OfAsync(db, filter, null, cancellationToken);

        return await db.FindApplicationOfLettersAsync(idOrUid, cancellationToken) is { } application
            ? await OfAsync(db, filter, application, cancellationToken)
            : null;
    }

    private static async Task<IQueryable<UnknownOutcome>> OfAsync(
        WebhooksDbContext db, UnknownOutcomeFilter filter, ApplicationId? application, CancellationToken cancellationToken)
    {
        IReadOnlyList<EndpointId>? endpoints = filter.EndpointId is { } idOrUid
            ? await db.FindEndpointsOfLettersAsync(application, idOrUid, cancellationToken)
            : null;
        return db.UnknownOutcomes(filter, application, endpoints);
    }

    private static Task<Page<UnknownOutcomeOut>> PageAsync(
        IQueryable<UnknownOutcome> outcomes, UnknownOutcomePageQuery query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        outcomes.ToPageAsync(query.Page, o => o.Attempt.Id, found => found.ToOut(db), o => o.Id, cancellationToken);
}

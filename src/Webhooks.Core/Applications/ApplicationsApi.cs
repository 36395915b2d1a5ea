using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Applications;

/// <summary>Applications, the tenants.</summary>
internal static class ApplicationsApi
{
    public static void MapApplications(this IEndpointRouteBuilder api)
    {
        var applications = api.MapGroup("/app").WithTags("Applications");
        applications.MapGet("", ListAsync).RequireAuthorization(Access.Full)
            .WithName("v1.application.list").WithSummary("List applications, oldest first");
        applications.MapPost("", CreateAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.application.create").WithSummary("Create an application");
        applications.MapGet("{app_id}", GetAsync).RequireAuthorization(Access.Application)
            .WithName("v1.application.get").WithSummary("Get an application");
        applications.MapPut("{app_id}", ReplaceAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.application.update").WithSummary("Replace an application's settings, or create it under this uid");
        applications.MapPatch("{app_id}", PatchAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.application.patch").WithSummary("Change some of an application's settings");
        applications.MapDelete("{app_id}", DeleteAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.application.delete").WithSummary("Delete an application, its endpoints, and what is on its way to them");
    }

    private static async Task<Ok<Page<ApplicationOut>>> ListAsync(
        Query<ApplicationListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.Applications.Live()
            .ToPageAsync(query.Value.Page, a => a.Id, ApplicationOut.Projection, a => a.Id, cancellationToken));

    private static async Task<Results<Created<ApplicationOut>, Ok<ApplicationOut>, Problem>> CreateAsync(
        Body<ApplicationIn> body, Query<GetIfExistsQuery> query, ApplicationRegistry registry, CancellationToken cancellationToken)
    {
        if (body.Value.Uid is not { } uid || await registry.FindByUidAsync(uid, cancellationToken) is not { } existing)
            return TypedResults.Created((string?)null, ApplicationOut.Of(registry.Add(body.Value)));

        return query.Value.GetIfExists
            ? TypedResults.Ok(existing)
            : ApiProblems.Conflict(
                "An application with this uid exists. Choose another, or send get_if_exists=true to get the existing one.");
    }

    private static async Task<Results<Ok<ApplicationOut>, Problem>> GetAsync(
        [AppId] string app, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var found = await db.Applications.Visible(caller, app).Select(ApplicationOut.Projection).FirstOrDefaultAsync(cancellationToken);
        return found is null ? ApiProblems.NotFound() : TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<ApplicationOut>, Created<ApplicationOut>, Problem>> ReplaceAsync(
        [AppId] string app, Body<ApplicationIn> body, Caller caller, WebhooksDbContext db, ApplicationRegistry registry,
        CancellationToken cancellationToken)
    {
        var found = await db.Applications.Visible(caller, app).FirstOrDefaultAsync(cancellationToken);
        if (found is null && TextRule.Uid(ApplicationId.Prefix).FindFault(app) is not null)
            return ApiProblems.NotFound(); // Ids are given by the service: only a uid can be created.

        // What a PUT created under a uid the same PUT must find again: without its uid, a repeated one would create a second application.
        var settings = found is null || found.Uid == app ? body.Value with { Uid = body.Value.Uid ?? app } : body.Value;
        if (await registry.IsTakenAsync(settings.Uid, found?.Id ?? default, cancellationToken))
            return UidTaken();
        if (found is null)
            return TypedResults.Created((string?)null, ApplicationOut.Of(registry.Add(settings)));

        registry.Update(found, settings);
        return TypedResults.Ok(ApplicationOut.Of(found));
    }

    private static async Task<Results<Ok<ApplicationOut>, Problem>> PatchAsync(
        [AppId] string app, Body<ApplicationPatch> body, Caller caller, WebhooksDbContext db, ApplicationRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await db.Applications.Visible(caller, app).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        var settings = body.Value.ApplyTo(found);
        if (await registry.IsTakenAsync(settings.Uid, found.Id, cancellationToken))
            return UidTaken();

        registry.Update(found, settings);
        return TypedResults.Ok(ApplicationOut.Of(found));
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [AppId] string app, Caller caller, WebhooksDbContext db, ApplicationRegistry registry, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        await registry.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Problem UidTaken() => ApiProblems.Conflict("Another application has this uid. Choose another.");
}

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
        applications.MapDelete("{app_id}", DeleteAsync).Writes().RequireAuthorization(Access.Full)
            .WithName("v1.application.delete").WithSummary("Delete an application, its endpoints, and what is on its way to them");
    }

    private static async Task<Ok<Page<ApplicationOut>>> ListAsync(
        Query<ApplicationListQuery> query, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.Applications.Where(a => a.DeletedAt == null)
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

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        [AppId] string app, Caller caller, WebhooksDbContext db, ApplicationRegistry registry, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } id)
            return ApiProblems.NotFound();

        await registry.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}

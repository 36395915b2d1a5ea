using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Long tasks: how far they are, and ending them early.</summary>
internal static class BackgroundTasksApi
{
    private const string CanceledError = "Canceled by a person. What it did until then stays done.";

    public static void MapBackgroundTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/background-task").RequireAuthorization(Access.Application).WithTags("Background tasks");
        tasks.MapGet("", ListAsync).WithName("v1.background-task.list").WithSummary("List background tasks, newest first");
        tasks.MapGet("{task_id}", GetAsync).WithName("v1.background-task.get").WithSummary("Get a background task and what it did");
        tasks.MapPost("{task_id}/cancel", CancelAsync).Writes()
            .WithName("v1.background-task.cancel").WithSummary("End a background task early; what it did stays done");
    }

    private static async Task<Ok<Page<BackgroundTaskOut>>> ListAsync(
        Query<BackgroundTaskListQuery> query, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.BackgroundTasks.Visible(caller).Where(query.Value, db)
            .ToPageAsync(query.Value.Page, t => t.Id, BackgroundTaskOut.Projection, t => t.Id, cancellationToken));

    private static async Task<Results<Ok<BackgroundTaskOut>, Problem>> GetAsync(
        [TaskId] string task, Caller caller, WebhooksDbContext db, CancellationToken cancellationToken) =>
        IdText.TryParse<BackgroundTaskId>(task, out var id)
        && await db.BackgroundTasks.Visible(caller).Where(t => t.Id == id)
            .Select(BackgroundTaskOut.Projection).FirstOrDefaultAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : ApiProblems.NotFound();

    private static async Task<Results<Ok<BackgroundTaskOut>, Problem>> CancelAsync(
        [TaskId] string task, Caller caller, WebhooksDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<BackgroundTaskId>(task, out var id))
            return ApiProblems.NotFound();

        // Its runner names the state in the update that ends each step: the step that is under way now is undone, and it is the last.
        var now = clock.GetUtcMicroseconds();
        var tasks = db.BackgroundTasks.Visible(caller).Where(t => t.Id == id);
        await tasks.Running().ExecuteUpdateAsync(
            set => set
                .SetProperty(t => t.State, BackgroundTaskState.Canceled)
                .SetProperty(t => t.Error, CanceledError)
                .SetProperty(t => t.UpdatedAt, now)
                .SetProperty(t => t.FinishedAt, now),
            cancellationToken);
        if (await tasks.Select(BackgroundTaskOut.Projection).FirstOrDefaultAsync(cancellationToken) is not { } found)
            return ApiProblems.NotFound();

        return found.State == BackgroundTaskState.Canceled
            ? TypedResults.Ok(found)
            : ApiProblems.Conflict("The task has ended already, so there is nothing left to cancel.");
    }
}

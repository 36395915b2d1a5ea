using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>Takes in a task that sends messages to an endpoint, inside the caller's transaction.</summary>
internal sealed class ReplayStart(WebhooksDbContext db, BackgroundTaskRegistry tasks, TimeProvider clock)
{
    public async Task<Results<Accepted<TaskStartedOut>, Problem>> RunAsync(
        BackgroundTaskKind kind, Caller caller, string app, string endpoint, ReplayIn asked, CancellationToken cancellationToken)
    {
        if (await db.FindApplicationAsync(caller, app, cancellationToken) is not { } application
            || await db.Endpoints.Live(application).ByIdOrUid(endpoint).Select(e => new { e.Id, e.Disabled })
                .FirstOrDefaultAsync(cancellationToken) is not { } target)
            return ApiProblems.NotFound();

        if (target.Disabled && !asked.DryRun)
            return ApiProblems.BadRequest(
                "endpoint_disabled",
                "The endpoint is disabled, so nothing can be sent to it. Enable it first, or count only, with dryRun.");

        var parameters = asked.ToParameters(clock.GetUtcMicroseconds()) with { By = caller.Who };
        var task = tasks.Add(kind, application, target.Id, parameters, new ReplayProgress { DryRun = asked.DryRun });
        return TypedResults.Accepted((string?)null, TaskStartedOut.Of(task));
    }
}

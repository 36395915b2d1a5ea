using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>Takes in a task that decides about many dead letters, inside the caller's transaction.</summary>
internal sealed class DeadLetterBulkStart(WebhooksDbContext db, BackgroundTaskRegistry tasks, TimeProvider clock)
{
    public async Task<Results<Accepted<TaskStartedOut>, Problem>> RunAsync<TProgress>(
        BackgroundTaskKind kind, Caller caller, DeadLetterBulkIn asked, Func<DeadLetterTaskParameters, DeadLetterTaskParameters> with,
        TProgress progress, CancellationToken cancellationToken)
    {
        var (filter, fault) = await ResolveAsync(asked, cancellationToken);
        if (fault is not null)
            return fault;

        // Not of the application that it may be about: the task is its operator's, and not to be canceled with the application's own key.
        var parameters = new DeadLetterTaskParameters { Filter = filter, DryRun = asked.DryRun, By = caller.Who };
        var task = tasks.Add(kind, null, null, with(parameters), progress);
        return TypedResults.Accepted((string?)null, TaskStartedOut.Of(task));
    }

    // A name that nothing has must not widen it to all.
    private async Task<(DeadLetterFilter Filter, Problem? Fault)> ResolveAsync(DeadLetterBulkIn asked, CancellationToken cancellationToken)
    {
        var filter = asked.ToFilter(clock.GetUtcMicroseconds());
        if (asked.AppId is { } app)
        {
            if (await db.FindApplicationOfLettersAsync(app, cancellationToken) is not { } application)
                return (filter, ApiProblems.Invalid(["body", "appId"], "There is no such application."));
            filter = filter with { ApplicationId = application };
        }

        if (asked.EndpointId is not { } endpoint)
            return (filter, null);

        return await db.FindEndpointsOfLettersAsync(filter.ApplicationId, endpoint, cancellationToken) switch
        {
            [var only] => (filter with { EndpointId = only }, null),
            [] => (filter, ApiProblems.Invalid(["body", "endpointId"], "There is no such endpoint.")),
            _ => (filter, ApiProblems.Invalid(
                ["body", "endpointId"], "Several applications have an endpoint with this uid. Name its application, too, in 'appId'.")),
        };
    }
}

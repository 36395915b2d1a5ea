using System.Diagnostics;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Tasks by what a path or a list says, as far as the caller may see them.</summary>
internal static class BackgroundTaskQueries
{
    public static IQueryable<BackgroundTask> Visible(this IQueryable<BackgroundTask> tasks, Caller caller) =>
        caller.ApplicationId is { } own ? tasks.Where(t => t.ApplicationId == own) : tasks;

    /// <summary>Those that wait for a worker or are under way. Written as a constant, so that the index of just these serves.</summary>
    public static IQueryable<BackgroundTask> Running(this IQueryable<BackgroundTask> tasks) =>
        tasks.Where(t => t.State == BackgroundTaskState.Running);

    public static IQueryable<BackgroundTask> Where(
        this IQueryable<BackgroundTask> tasks, BackgroundTaskListQuery query, WebhooksDbContext db)
    {
        if (query.Status is { } status)
            tasks = tasks.Where(status);
        if (query.Task is { } kind)
            tasks = tasks.Where(t => t.Kind == kind);
        if (query.AppId is { } app)
            tasks = IdText.TryParse<ApplicationId>(app, out var id)
                ? tasks.Where(t => t.ApplicationId == id)
                : tasks.Where(t => db.Applications.Any(a => a.Id == t.ApplicationId && a.Uid == app));

        if (query.EndpointId is { } endpoint)
        {
            var endpoints = db.Endpoints.ByIdOrUid(endpoint);
            tasks = tasks.Where(t => endpoints.Any(e => e.Id == t.EndpointId));
        }

        return tasks;
    }

    private static IQueryable<BackgroundTask> Where(this IQueryable<BackgroundTask> tasks, BackgroundTaskStatus status) => status switch
    {
        BackgroundTaskStatus.Running => tasks.Running(),
        BackgroundTaskStatus.Finished => tasks.Where(t => t.State == BackgroundTaskState.Finished),
        BackgroundTaskStatus.Failed => tasks.Where(t => t.State == BackgroundTaskState.Failed || t.State == BackgroundTaskState.Canceled),
        _ => throw new UnreachableException(),
    };
}

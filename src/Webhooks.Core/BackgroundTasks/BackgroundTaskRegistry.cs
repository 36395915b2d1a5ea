using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Takes in tasks, inside the caller's transaction.</summary>
internal sealed class BackgroundTaskRegistry(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    /// <param name="parameters">What is to be done.</param>
    /// <param name="progress">What is shown as its data before its first step.</param>
    public BackgroundTask Add<TParameters, TProgress>(
        BackgroundTaskKind kind, ApplicationId? applicationId, EndpointId? endpointId, TParameters parameters, TProgress progress)
    {
        var now = clock.GetUtcMicroseconds();
        var task = new BackgroundTask
        {
            Id = ids.New<BackgroundTaskId>(),
            Kind = kind,
            State = BackgroundTaskState.Running,
            ApplicationId = applicationId,
            EndpointId = endpointId,
            Parameters = TaskJson.Write(parameters),
            Progress = TaskJson.Write(progress),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.BackgroundTasks.Add(task);
        return task;
    }
}

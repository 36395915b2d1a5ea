using Hangfire;

namespace Webhooks.Server.Jobs;

/// <summary>
/// What this node does whatever the others do: claiming, sweeping, the tasks that it has taken. Kept in its own memory, so that it depends on
/// no row, no lock and no clock that it shares with nodes that may be dead.
/// </summary>
internal sealed class LocalJobs
{
    public JobStorage Storage { get; } = JobDatabase.InMemory();

    /// <param name="isResumed">It has waited for its pace.</param>
    public void Enqueue(string taskId, bool isResumed) => new BackgroundJobClient(Storage)
        .Enqueue<BackgroundTaskJob>(BackgroundTaskJob.Queue, job => job.RunAsync(taskId, isResumed));
}

using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Server.Jobs;

/// <summary>A task as a job of Hangfire's.</summary>
internal sealed class BackgroundTaskJob(
    BackgroundTaskRunner runner, TasksUnderWay underWay, TaskSignal signal, IHostApplicationLifetime host)
{
    public const string Queue = "tasks";

    /// <param name="taskId">As text, because Hangfire keeps it as JSON.</param>
    /// <param name="isResumed">It has waited for its pace.</param>
    public async Task RunAsync(string taskId, bool isResumed)
    {
        DateTimeOffset? goesOnAt = null;
        try
        {
            if (IdText.TryParse<BackgroundTaskId>(taskId, out var id))
            {
                // The host's own word, at once: Hangfire's would come only after other servers have stopped.
                goesOnAt = await runner.RunAsync(id, host.ApplicationStopping, isResumed);
            }
        }
        finally
        {
            // A task that could not go on is still Running: the next look takes it up again.
            if (goesOnAt is { } until)
                underWay.Pause(taskId, until);
            else
                underWay.Remove(taskId);
        }

        if (goesOnAt is not null)
            signal.Signal(); // whoever looks must not wait for longer than that
    }
}

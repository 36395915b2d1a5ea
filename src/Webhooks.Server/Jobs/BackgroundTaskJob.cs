using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Server.Jobs;

/// <summary>A task as a job of Hangfire's.</summary>
internal sealed class BackgroundTaskJob(BackgroundTaskRunner runner, TasksUnderWay underWay, IHostApplicationLifetime host)
{
    public const string Queue = "tasks";

    /// <param name="taskId">As text, because Hangfire keeps it as JSON.</param>
    public async Task RunAsync(string taskId)
    {
        try
        {
            if (IdText.TryParse<BackgroundTaskId>(taskId, out var id))
            {
                // The host's own word, at once: Hangfire's would come only after other servers have stopped.
                await runner.RunAsync(id, host.ApplicationStopping);
            }
        }
        finally
        {
            // A task that could not go on is still Running: the next look takes it up again.
            underWay.Remove(taskId);
        }
    }
}

using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Server.Jobs;

/// <summary>A task as a job of Hangfire's.</summary>
internal sealed class BackgroundTaskJob(BackgroundTaskRunner runner, TasksUnderWay underWay)
{
    public const string Queue = "tasks";

    /// <param name="taskId">As text, because Hangfire keeps it as JSON.</param>
    /// <param name="stopping">Set by Hangfire: the node stops.</param>
    public async Task RunAsync(string taskId, CancellationToken stopping)
    {
        try
        {
            if (IdText.TryParse<BackgroundTaskId>(taskId, out var id))
                await runner.RunAsync(id, stopping);
        }
        finally
        {
            // A task that could not go on is still Running: the next look takes it up again.
            underWay.Remove(taskId);
        }
    }
}

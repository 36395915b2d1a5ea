namespace Webhooks.Core.BackgroundTasks;

/// <summary>What one step of a task did, as its row is to say it.</summary>
/// <param name="Cursor">Where the next step begins.</param>
/// <param name="Progress">What was done until now, as JSON.</param>
/// <param name="State">Running while there is more to do.</param>
/// <param name="Error">Why it failed, for people; null unless failed.</param>
internal sealed record TaskStep(string? Cursor, string Progress, BackgroundTaskState State, string? Error = null)
{
    /// <param name="next">Where the next step begins; null when nothing is left to do.</param>
    public static TaskStep To<TProgress>(string? next, BackgroundTask task, TProgress progress) => new(
        next ?? task.Cursor, TaskJson.Write(progress), next is null ? BackgroundTaskState.Finished : BackgroundTaskState.Running);

    /// <summary>It can't go on. What it did until then stays done.</summary>
    public static TaskStep Fail(BackgroundTask task, string error) => new(task.Cursor, task.Progress, BackgroundTaskState.Failed, error);
}

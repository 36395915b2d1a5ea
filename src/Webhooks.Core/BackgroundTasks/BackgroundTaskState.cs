namespace Webhooks.Core.BackgroundTasks;

/// <summary>Where a task is.</summary>
internal enum BackgroundTaskState
{
    /// <summary>Waiting for a worker, or under way.</summary>
    Running = 0,

    Finished = 1,
    Failed = 2,

    /// <summary>Ended early by a person. What it did until then stays done.</summary>
    Canceled = 3,
}

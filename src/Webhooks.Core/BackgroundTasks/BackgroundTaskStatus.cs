namespace Webhooks.Core.BackgroundTasks;

/// <summary>The wire's words for where a task is; it has none for a canceled one.</summary>
internal enum BackgroundTaskStatus
{
    Running,
    Finished,

    /// <summary>Failed, or canceled.</summary>
    Failed,
}

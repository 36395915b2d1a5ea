using Microsoft.Extensions.Logging;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Event ids 3000 to 3099.</summary>
internal static partial class BackgroundTasksLog
{
    [LoggerMessage(3000, LogLevel.Information, "{TaskId} runs")]
    public static partial void TaskRuns(this ILogger logger, BackgroundTaskId taskId);

    [LoggerMessage(3001, LogLevel.Information, "{TaskId} ended as {State}")]
    public static partial void TaskEnded(this ILogger logger, BackgroundTaskId taskId, BackgroundTaskState state);

    [LoggerMessage(3002, LogLevel.Error, "{TaskId} failed")]
    public static partial void TaskFailed(this ILogger logger, Exception fault, BackgroundTaskId taskId);

    [LoggerMessage(3003, LogLevel.Information, "{TaskId} is interrupted, because this node stops; it goes on where its last step ended")]
    public static partial void TaskInterrupted(this ILogger logger, BackgroundTaskId taskId);

    [LoggerMessage(3004, LogLevel.Warning, "{TaskId} can't go on just now; it is taken up again within a minute")]
    public static partial void TaskHeldUp(this ILogger logger, Exception fault, BackgroundTaskId taskId);

    [LoggerMessage(3005, LogLevel.Error, "Looking for tasks to run failed; the next look is within a minute")]
    public static partial void TasksNotFound(this ILogger logger, Exception fault);
}

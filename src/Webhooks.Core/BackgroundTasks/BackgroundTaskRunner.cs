using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>
/// Does a task step by step. Each step is one transaction that also moves the task's cursor, so a task that was cut off anywhere goes on
/// where its last commit ended, and of two runners at the same task one does each step.
/// </summary>
internal sealed class BackgroundTaskRunner(
    WebhooksDbContext db,
    IWebhooksSql sql,
    DatabaseResilience resilience,
    ReplayStep replay,
    UsageStep usage,
    DeadLetterReplayStep replayLetters,
    DeadLetterDiscardStep discardLetters,
    WakeUp wakeUp,
    TimeProvider clock,
    ILogger<BackgroundTaskRunner> logger)
{
    private const string InternalError =
        "The service failed at this task; its log tells more under the task's id. What it did until then stays done. "
        + "Start it again for the rest.";

    /// <summary>
    /// Runs the task to its end, until somebody else ends or does it, until it has to wait for its pace, or until
    /// <paramref name="stopping"/>: then it stays to be resumed.
    /// </summary>
    /// <param name="isResumed">It has waited for its pace.</param>
    /// <returns>
    /// When it goes on, where it has a pace: whoever waits need hold no worker. Null where this runner has no more to do.
    /// </returns>
    public async Task<DateTimeOffset?> RunAsync(BackgroundTaskId id, CancellationToken stopping, bool isResumed = false)
    {
        if (!isResumed)
            logger.TaskRuns(id);
        try
        {
            while (await resilience.ExecuteAsync(token => StepAsync(id, token), stopping) is { } next)
            {
                if (next > clock.GetUtcNow())
                    return next;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            logger.TaskInterrupted(id);
        }
        catch (Exception fault) when (resilience.IsPassing(fault))
        {
            logger.TaskHeldUp(fault, id); // It stays Running: whoever looks for tasks finds it again.
        }
        catch (Exception fault)
        {
            logger.TaskFailed(fault, id);
            await FailAsync(id, stopping);
        }

        return null;
    }

    /// <summary>Does the next step, if its time has come.</summary>
    /// <returns>
    /// When the step after it may be done. Null when this runner has no other: the task has ended, or another runner did this step.
    /// </returns>
    public async Task<DateTimeOffset?> StepAsync(BackgroundTaskId id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // what a try that failed has left
        var running = db.BackgroundTasks.AsNoTracking().Running();
        if (await running.FirstOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } task)
            return null;
        if (DueAt(task.Kind, task.Progress) is { } dueAt && dueAt > clock.GetUtcNow())
            return dueAt;

        // Counting writes nothing, so nobody who writes need wait for it.
        var counted = task.Kind == BackgroundTaskKind.ApplicationUsage ? await usage.RunAsync(task, cancellationToken) : null;
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var step = counted ?? await DoAsync(task, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (await MoveAsync(task, step, cancellationToken) == 0)
            return null; // Nothing of this step stays: it was canceled, or another runner did it.

        // Crash before: this step never happened, and the next start does it. Crash after: its deliveries are due and the next start goes
        // on behind them.
        await transaction.CommitAsync(CancellationToken.None);
        wakeUp.Signal();
        if (step.State == BackgroundTaskState.Running)
            return DueAt(task.Kind, step.Progress) ?? clock.GetUtcNow();

        logger.TaskEnded(id, step.State);
        return null;
    }

    private Task<TaskStep> DoAsync(BackgroundTask task, CancellationToken cancellationToken) => task.Kind switch
    {
        BackgroundTaskKind.DeadLetterReplay => replayLetters.RunAsync(task, cancellationToken),
        BackgroundTaskKind.DeadLetterDiscard => discardLetters.RunAsync(task, cancellationToken),
        _ => replay.RunAsync(task, cancellationToken),
    };

    // In the row, so that neither a restart nor a second runner makes it go faster.
    private static DateTimeOffset? DueAt(BackgroundTaskKind kind, string progress) =>
        kind == BackgroundTaskKind.DeadLetterReplay ? DeadLetterReplayStep.DueAt(progress) : null;

    /// <summary>The fence: names the cursor that the step began at, and the state that a cancellation changes.</summary>
    private Task<int> MoveAsync(BackgroundTask task, TaskStep step, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var finishedAt = step.State == BackgroundTaskState.Running ? (DateTimeOffset?)null : now;
        return db.BackgroundTasks.Running().Where(t => t.Id == task.Id && t.Cursor == task.Cursor).ExecuteUpdateAsync(
            set => set
                .SetProperty(t => t.Cursor, step.Cursor)
                .SetProperty(t => t.Progress, step.Progress)
                .SetProperty(t => t.State, step.State)
                .SetProperty(t => t.Error, step.Error)
                .SetProperty(t => t.UpdatedAt, now)
                .SetProperty(t => t.FinishedAt, finishedAt),
            cancellationToken);
    }

    // Crash before its commit: the task is still Running, and fails again where it failed.
    private async Task FailAsync(BackgroundTaskId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        await db.BackgroundTasks.Running().Where(t => t.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(t => t.State, BackgroundTaskState.Failed)
                .SetProperty(t => t.Error, InternalError)
                .SetProperty(t => t.UpdatedAt, now)
                .SetProperty(t => t.FinishedAt, now),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

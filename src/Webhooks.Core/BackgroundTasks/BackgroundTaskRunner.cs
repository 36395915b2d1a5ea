using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Data;
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
    WakeUp wakeUp,
    TimeProvider clock,
    ILogger<BackgroundTaskRunner> logger)
{
    private const string InternalError =
        "The service failed at this task; its log tells more under the task's id. What it did until then stays done. "
        + "Start it again for the rest.";

    /// <summary>
    /// Runs the task to its end, until somebody else ends or does it, or until <paramref name="stopping"/>: then it stays to be resumed.
    /// </summary>
    public async Task RunAsync(BackgroundTaskId id, CancellationToken stopping)
    {
        logger.TaskRuns(id);
        try
        {
            while (await resilience.ExecuteAsync(token => StepAsync(id, token), stopping))
            {
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
    }

    /// <summary>Does the next step. False when this runner has no other: the task has ended, or another runner did this step.</summary>
    public async Task<bool> StepAsync(BackgroundTaskId id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // what a try that failed has left
        var running = db.BackgroundTasks.AsNoTracking().Running();
        if (await running.FirstOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } task)
            return false;

        // Counting writes nothing, so nobody who writes need wait for it.
        var counted = task.Kind == BackgroundTaskKind.ApplicationUsage ? await usage.RunAsync(task, cancellationToken) : null;
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var step = counted ?? await replay.RunAsync(task, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (await MoveAsync(task, step, cancellationToken) == 0)
            return false; // Nothing of this step stays: it was canceled, or another runner did it.

        // Crash before: this step never happened, and the next start does it. Crash after: its deliveries are due and the next start goes
        // on behind them.
        await transaction.CommitAsync(CancellationToken.None);
        wakeUp.Signal();
        if (step.State != BackgroundTaskState.Running)
            logger.TaskEnded(id, step.State);
        return step.State == BackgroundTaskState.Running;
    }

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

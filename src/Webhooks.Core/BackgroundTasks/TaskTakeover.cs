using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>
/// Shares tasks out among nodes. A task that moves on is some node's; one that has not for a while was left behind, and whoever writes its
/// time first takes it. This only saves work: the fence of each step is what keeps two runners apart.
/// </summary>
internal sealed class TaskTakeover(WebhooksDbContext db, IWebhooksSql sql, TimeProvider clock)
{
    private static readonly TimeSpan LeftBehindAfter = TimeSpan.FromSeconds(30);

    /// <summary>Takes the tasks that nobody works on. Returns their ids, the oldest first.</summary>
    public async Task<IReadOnlyList<BackgroundTaskId>> TakeAsync(CancellationToken cancellationToken)
    {
        var limit = clock.GetUtcMicroseconds() - LeftBehindAfter;
        var free = await Free(limit).OrderBy(task => task.Id).Select(task => task.Id).ToListAsync(cancellationToken);
        var taken = new List<BackgroundTaskId>();
        foreach (var id in free)
        {
            if (await TryTakeAsync(id, limit, cancellationToken))
                taken.Add(id);
        }

        return taken;
    }

    // Crash after: it is left behind, and taken by another node after a while.
    private async Task<bool> TryTakeAsync(BackgroundTaskId id, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var taken = await Free(limit).Where(task => task.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(task => task.UpdatedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken == 1;
    }

    /// <summary>New ones, and those that have not moved on since.</summary>
    private IQueryable<BackgroundTask> Free(DateTimeOffset limit) =>
        db.BackgroundTasks.Running().Where(task => task.UpdatedAt == task.CreatedAt || task.UpdatedAt <= limit);
}

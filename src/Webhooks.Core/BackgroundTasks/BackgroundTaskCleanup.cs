using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Forgets tasks that ended 90 days ago, in small transactions.</summary>
internal sealed class BackgroundTaskCleanup(WebhooksDbContext db, IWebhooksSql sql, TimeProvider clock)
{
    private const int MaxBatch = 100;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await DeleteBatchAsync(cancellationToken) == MaxBatch)
        {
        }
    }

    private async Task<int> DeleteBatchAsync(CancellationToken cancellationToken)
    {
        // What ended by then began by then, so its id is among the first.
        var limit = clock.GetUtcMicroseconds() - Kept;
        var last = IdTime.LastOf<BackgroundTaskId>(limit);
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var deleted = await db.BackgroundTasks
            .Where(task => task.Id <= last && task.State != BackgroundTaskState.Running && task.FinishedAt <= limit)
            .OrderBy(task => task.Id)
            .Take(MaxBatch)
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }
}

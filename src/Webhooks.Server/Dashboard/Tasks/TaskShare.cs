using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Dashboard.Tasks;

/// <summary>How much of a task is done, as far as that can be known cheaply.</summary>
internal static class TaskShare
{
    // Behind this many nobody waits for the end of the bar.
    private const int MostCounted = 10_000;

    /// <returns>0 to 1; null where it can't be known.</returns>
    public static async Task<double?> ReadAsync(
        WebhooksDbContext db, BackgroundTask task, CancellationToken cancellationToken) => task switch
    {
        { State: BackgroundTaskState.Finished } => 1,
        { Kind: BackgroundTaskKind.DeadLetterReplay } =>
            await OfLettersAsync(db, task, TaskJson.Read<DeadLetterReplayProgress>(task.Progress).Matched, cancellationToken),
        { Kind: BackgroundTaskKind.DeadLetterDiscard } =>
            await OfLettersAsync(db, task, TaskJson.Read<DeadLetterDiscardProgress>(task.Progress).Matched, cancellationToken),
        { Kind: BackgroundTaskKind.ApplicationUsage } => OfUsage(task),
        _ => OfTime(task),
    };

    private static async Task<double?> OfLettersAsync(
        WebhooksDbContext db, BackgroundTask task, int done, CancellationToken cancellationToken)
    {
        var filter = TaskJson.Read<DeadLetterTaskParameters>(task.Parameters).Filter;
        var after = IdText.TryParse<DeliveryId>(task.Cursor, out var last) ? last : default;
        var left = await db.DeadLetters.InScope(filter).Fitting(filter).Where(l => l.DeliveryId > after)
            .OrderBy(l => l.DeliveryId).Take(MostCounted).CountAsync(cancellationToken);
        return left == MostCounted || done + left == 0 ? null : (double)done / (done + left);
    }

    // It walks messages by the time that they came, and ids begin with that.
    private static double? OfTime(BackgroundTask task)
    {
        if (!IdText.TryParse<MessageId>(task.Cursor, out var last))
            return null;

        var asked = TaskJson.Read<ReplayParameters>(task.Parameters);
        return Math.Clamp((IdTime.Of(last) - asked.Since) / (asked.Until - asked.Since), 0, 1);
    }

    private static double? OfUsage(BackgroundTask task) =>
        TaskJson.Read<UsageParameters>(task.Parameters).Applications is { Count: > 0 } named
        ? Math.Clamp((TaskJson.Read<UsageProgress>(task.Progress).AppStats.Count - 1) / (double)named.Count, 0, 1)
        : null;
}

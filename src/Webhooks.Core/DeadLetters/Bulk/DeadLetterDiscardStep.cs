using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>One step of a task that discards dead letters, inside the caller's transaction.</summary>
internal sealed class DeadLetterDiscardStep(WebhooksDbContext db, DeadLetterPages pages, TimeProvider clock)
{
    public async Task<TaskStep> RunAsync(BackgroundTask task, CancellationToken cancellationToken)
    {
        var asked = TaskJson.Read<DeadLetterTaskParameters>(task.Parameters);
        var progress = TaskJson.Read<DeadLetterDiscardProgress>(task.Progress);
        var page = await pages.ReadAsync(task, asked.Filter, DeadLetterPages.MaxLetters, cancellationToken);
        var discarded = asked.DryRun || page.Letters.Count == 0
            ? 0
            : await db.DiscardAsync(
                [.. page.Letters.Select(l => l.DeliveryId)], asked.By, asked.Note!, clock.GetUtcMicroseconds(), cancellationToken);
        return TaskStep.To(
            page.Last?.ToString(), task,
            progress with { Matched = progress.Matched + page.Letters.Count, Discarded = progress.Discarded + discarded });
    }
}

using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>One step of a task that discards dead letters, inside the caller's transaction.</summary>
internal sealed class DeadLetterDiscardStep(WebhooksDbContext db, DeadLetterPages pages, WebhooksMeter meter, TimeProvider clock)
{
    public async Task<TaskStep> RunAsync(BackgroundTask task, CancellationToken cancellationToken)
    {
        var asked = TaskJson.Read<DeadLetterTaskParameters>(task.Parameters);
        var progress = TaskJson.Read<DeadLetterDiscardProgress>(task.Progress);
        var page = await pages.ReadAsync(task, asked.Filter, DeadLetterPages.MaxLetters, cancellationToken);
        var (discarded, canceled) = asked.DryRun || page.Letters.Count == 0
            ? default
            : await db.DiscardAsync(
                [.. page.Letters.Select(l => l.DeliveryId)], asked.By, asked.Note!, clock.GetUtcMicroseconds(), cancellationToken);
        meter.Canceled(canceled); // not committed yet, as where one is discarded by itself
        return TaskStep.To(
            page.Last?.ToString(), task,
            progress with { Matched = progress.Matched + page.Letters.Count, Discarded = progress.Discarded + discarded });
    }
}

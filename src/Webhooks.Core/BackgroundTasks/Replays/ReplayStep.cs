using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>One step of a task that sends messages to an endpoint, inside the caller's transaction.</summary>
internal sealed class ReplayStep(WebhooksDbContext db, SentMessages sent, MissingMessages missing, Resend resend)
{
    public async Task<TaskStep> RunAsync(BackgroundTask task, CancellationToken cancellationToken)
    {
        var asked = TaskJson.Read<ReplayParameters>(task.Parameters);
        var (application, endpoint) = (task.ApplicationId!.Value, task.EndpointId!.Value);
        if (await FindHindranceAsync(application, endpoint, asked, cancellationToken) is { } hindrance)
            return TaskStep.Fail(task, hindrance);

        var range = ReplayRange.Of(endpoint, asked, task.Cursor);
        var page = task.Kind == BackgroundTaskKind.ReplayMissing
            ? await missing.ReadAsync(application, range, cancellationToken)
            : await sent.ReadAsync(range, asked, cancellationToken);
        var toSend = await WithPayloadAsync(page.Fitting, cancellationToken);
        var mayBeThere = await db.CountMayBeThereAsync(endpoint, toSend, cancellationToken);
        if (!asked.DryRun && toSend.Count > 0)
            await resend.AddAllAsync(toSend, endpoint, asked.By ?? IncidentDesk.Service, cancellationToken);

        var progress = TaskJson.Read<ReplayProgress>(task.Progress).After(page.Fitting.Count, toSend.Count, mayBeThere);
        return TaskStep.To(page.Last?.ToString(), task, progress);
    }

    // What a disabled endpoint is sent would lie there until it is enabled, which is for its owner to decide.
    private async Task<string?> FindHindranceAsync(
        ApplicationId application, EndpointId endpoint, ReplayParameters asked, CancellationToken cancellationToken)
    {
        var isDisabled = await db.Endpoints.Live(application).Where(e => e.Id == endpoint)
            .Select(e => (bool?)e.Disabled).FirstOrDefaultAsync(cancellationToken);
        return isDisabled switch
        {
            null => "The endpoint was deleted before all was sent.",
            true when !asked.DryRun => "The endpoint was disabled before all was sent. Enable it, and start the task again for the rest.",
            _ => null,
        };
    }

    private async Task<IReadOnlyList<MessageId>> WithPayloadAsync(IReadOnlyList<MessageId> messages, CancellationToken cancellationToken)
    {
        var there = await db.MessagePayloads.Where(p => messages.Contains(p.MessageId)).Select(p => p.MessageId)
            .ToHashSetAsync(cancellationToken);
        return [.. messages.Where(there.Contains)];
    }
}

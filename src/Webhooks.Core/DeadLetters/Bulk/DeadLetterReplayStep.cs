using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>One step of a task that sends the messages of dead letters again, inside the caller's transaction.</summary>
internal sealed class DeadLetterReplayStep(WebhooksDbContext db, DeadLetterPages pages, Resend resend, TimeProvider clock)
{
    /// <summary>When the step after such a progress may be done; null for at once.</summary>
    public static DateTimeOffset? DueAt(string progress) => TaskJson.Read<DeadLetterReplayProgress>(progress).NextAt;

    public async Task<TaskStep> RunAsync(BackgroundTask task, CancellationToken cancellationToken)
    {
        var asked = TaskJson.Read<DeadLetterTaskParameters>(task.Parameters);
        var progress = TaskJson.Read<DeadLetterReplayProgress>(task.Progress);

        // A pace of few makes small steps, so none waits for longer than a second.
        var rate = asked.DryRun ? null : asked.RatePerSecond;
        var most = Math.Min(rate ?? int.MaxValue, DeadLetterPages.MaxLetters);
        var page = await pages.ReadAsync(task, asked.Filter, most, cancellationToken);
        var endpoints = await StandingAsync(page.Letters, cancellationToken);
        var payloads = await WithPayloadAsync(page.Letters, cancellationToken);
        var sent = progress.ToSend;

        // The lanes in the order of their ids, as wherever several are locked.
        foreach (var letters in page.Letters.GroupBy(l => l.EndpointId).OrderBy(group => group.Key))
        {
            var endpoint = endpoints.GetValueOrDefault(letters.Key);
            progress = await SendAsync([.. letters], endpoint, payloads, asked, progress, cancellationToken);
        }

        sent = progress.ToSend - sent;
        return TaskStep.To(page.Last?.ToString(), task, progress with { NextAt = NextAt(rate, page.Last is null ? 0 : sent) });
    }

    private DateTimeOffset? NextAt(int? rate, int sent) =>
        rate is { } perSecond && sent > 0 ? clock.GetUtcMicroseconds() + TimeSpan.FromSeconds((double)sent / perSecond) : null;

    private async Task<DeadLetterReplayProgress> SendAsync(
        IReadOnlyList<DeadLetter> letters, Standing? endpoint, HashSet<MessageId> payloads, DeadLetterTaskParameters asked,
        DeadLetterReplayProgress progress, CancellationToken cancellationToken)
    {
        progress = progress with { Matched = progress.Matched + letters.Count };
        if (endpoint is not { Disabled: false, Paused: false })
            return progress with { Skipped = Skip(progress.Skipped, endpoint, letters.Count) };

        var there = letters.Where(l => payloads.Contains(l.MessageId)).ToList();
        var messages = there.Select(l => l.MessageId).Distinct().ToList();
        var mayBeThere = await db.CountMayBeThereAsync(endpoint.Id, messages, cancellationToken);
        if (!asked.DryRun && messages.Count > 0)
            await resend.AddAllAsync(messages, endpoint.Id, asked.By, cancellationToken);
        return progress with
        {
            ToSend = progress.ToSend + messages.Count,
            Sent = progress.Sent + (asked.DryRun ? 0 : messages.Count),
            MayBeDuplicates = progress.MayBeDuplicates + mayBeThere,
            Skipped = progress.Skipped with { PayloadGone = progress.Skipped.PayloadGone + letters.Count - there.Count },
        };
    }

    private static DeadLettersSkipped Skip(DeadLettersSkipped skipped, Standing? endpoint, int count) => endpoint switch
    {
        null => skipped with { EndpointDeleted = skipped.EndpointDeleted + count },
        { Disabled: true } => skipped with { EndpointDisabled = skipped.EndpointDisabled + count },
        _ => skipped with { EndpointPaused = skipped.EndpointPaused + count },
    };

    private Task<Dictionary<EndpointId, Standing>> StandingAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var ids = letters.Select(l => l.EndpointId).Distinct().ToList();
        return db.Endpoints.Where(e => ids.Contains(e.Id) && e.DeletedAt == null)
            .Select(e => new Standing(e.Id, e.Disabled, e.PausedAt != null))
            .ToDictionaryAsync(e => e.Id, cancellationToken);
    }

    private Task<HashSet<MessageId>> WithPayloadAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var ids = letters.Select(l => l.MessageId).Distinct().ToList();
        return db.MessagePayloads.Where(p => ids.Contains(p.MessageId)).Select(p => p.MessageId).ToHashSetAsync(cancellationToken);
    }

    private sealed record Standing(EndpointId Id, bool Disabled, bool Paused);
}

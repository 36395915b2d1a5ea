using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>The messages that an endpoint has a delivery of, by how the newest one stands: for recover and bulk replay.</summary>
internal sealed class SentMessages(WebhooksDbContext db)
{
    public async Task<ReplayPage> ReadAsync(ReplayRange range, ReplayParameters asked, CancellationToken cancellationToken)
    {
        var looked = await Newest(db, range).ToListAsync(cancellationToken);
        IReadOnlyList<MessageId> fitting = [.. looked.Where(newest => Fits(newest, asked)).Select(newest => newest.MessageId)];
        if (asked.EventTypes is not null || asked.Channel is not null)
            fitting = await OfAsync(fitting, asked, cancellationToken);
        if (asked.StatusCodeClass is { } from)
            fitting = await AnsweredAsync(fitting, range, from, cancellationToken);
        return new ReplayPage(fitting, looked.Count < ReplayRange.MaxMessages ? null : looked[^1].MessageId);
    }

    /// <summary>Of each message at the endpoint the newest delivery, walked by message.</summary>
    internal static IQueryable<NewestDelivery> Newest(WebhooksDbContext db, ReplayRange range)
    {
        var (endpoint, from, to) = (range.Endpoint, range.From, range.To);
        return db.Deliveries
            .Where(d => d.EndpointId == endpoint && d.MessageId >= from && d.MessageId <= to)
            .Newest(db)
            .OrderBy(d => d.MessageId)
            .Take(ReplayRange.MaxMessages)
            .Select(d => new NewestDelivery(d.MessageId, d.State, d.Attempts > 0, d.HoldReason));
    }

    // Without a word for it nobody wants what was filtered out or canceled: it was meant not to be sent.
    private static bool Fits(NewestDelivery newest, ReplayParameters asked)
    {
        if (asked.WithParked && newest.HoldReason == HoldReason.Parked)
            return true;

        var stands = DeliveryStatus.Of(newest.State, newest.IsTried);
        return asked.Status is null ? stands != MessageStatus.Canceled : stands == asked.Status;
    }

    private Task<List<MessageId>> OfAsync(IReadOnlyList<MessageId> messages, ReplayParameters asked, CancellationToken cancellationToken) =>
        db.Messages
            .Where(m => messages.Contains(m.Id))
            .Where(new MessageFilter { Channel = asked.Channel, EventTypes = asked.EventTypes })
            .OrderBy(m => m.Id)
            .Select(m => m.Id)
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<MessageId>> AnsweredAsync(
        IReadOnlyList<MessageId> messages, ReplayRange range, int from, CancellationToken cancellationToken)
    {
        var attempts = await db.AttemptsAtAsync(range.Endpoint, messages, cancellationToken);
        var newest = attempts.GroupBy(a => a.MessageId).ToDictionary(group => group.Key, group => group.MaxBy(a => a.Id)!.StatusCode);
        return [.. messages.Where(m => newest.TryGetValue(m, out var code) && (code ?? 0) / 100 * 100 == from)];
    }

    internal sealed record NewestDelivery(MessageId MessageId, DeliveryState State, bool IsTried, HoldReason? HoldReason);
}

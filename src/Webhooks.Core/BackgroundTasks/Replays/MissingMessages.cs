using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Messages;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>The messages that an endpoint would get today and never got: it came later, or wanted something else then.</summary>
internal sealed class MissingMessages(WebhooksDbContext db)
{
    public async Task<ReplayPage> ReadAsync(ApplicationId application, ReplayRange range, CancellationToken cancellationToken)
    {
        var looked = await Accepted(db, application, range).ToListAsync(cancellationToken);
        var subscription = await SubscriptionAsync(range.Endpoint, cancellationToken);
        var wanted = looked.Where(m => subscription.Matches(m.EventType, m.Channels)).Select(m => m.Id).ToList();
        var there = await SentAsync(range.Endpoint, wanted, cancellationToken);
        var missing = wanted.FindAll(m => !there.Contains(m));
        if (subscription.Filter is { } filter)
            missing = await LetThroughAsync(missing, ContentFilter.Parse(filter), cancellationToken);
        return new ReplayPage(missing, looked.Count < ReplayRange.MaxMessages ? null : looked[^1].Id);
    }

    /// <summary>The application's messages, walked by id.</summary>
    internal static IQueryable<AcceptedMessage> Accepted(WebhooksDbContext db, ApplicationId application, ReplayRange range)
    {
        var (from, to) = (range.From, range.To);
        return db.Messages.Of(application)
            .Where(m => m.Id >= from && m.Id <= to)
            .OrderBy(m => m.Id)
            .Take(ReplayRange.MaxMessages)
            .Select(m => new AcceptedMessage(m.Id, m.EventType, m.Channels));
    }

    // As the outbox reads it for a new message, so both decide alike.
    private Task<Subscription> SubscriptionAsync(EndpointId endpoint, CancellationToken cancellationToken) =>
        db.Endpoints.Where(e => e.Id == endpoint)
            .Select(e => new Subscription(e.Id, e.EventTypes, e.Channels, 0) { Filter = e.Filter })
            .SingleAsync(cancellationToken);

    private async Task<HashSet<MessageId>> SentAsync(EndpointId endpoint, List<MessageId> messages, CancellationToken cancellationToken) =>
        await db.Deliveries
            .Where(d => d.EndpointId == endpoint && messages.Contains(d.MessageId)
                && d.State != DeliveryState.Filtered

                // What a person discarded was tried, and is not to be sent any more.
                && (d.State != DeliveryState.Canceled || db.DeadLetters.Any(l => l.DeliveryId == d.Id)))
            .Select(d => d.MessageId)
            .ToHashSetAsync(cancellationToken);

    // One payload in memory at a time. A message whose payload is gone stays: the step says of it that there is nothing left to send.
    private async Task<List<MessageId>> LetThroughAsync(List<MessageId> messages, ContentFilter filter, CancellationToken cancellationToken)
    {
        var keptBack = new HashSet<MessageId>();
        var payloads = db.MessagePayloads.AsNoTracking().Where(p => messages.Contains(p.MessageId)).AsAsyncEnumerable();
        await foreach (var payload in payloads.WithCancellation(cancellationToken))
        {
            using var filtered = new FilteredPayload(payload.Body);
            if (!filtered.Matches(filter))
                keptBack.Add(payload.MessageId);
        }

        return messages.FindAll(m => !keptBack.Contains(m));
    }

    internal sealed record AcceptedMessage(MessageId Id, string EventType, List<string>? Channels);
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Retention;

namespace Webhooks.Data.ComplianceTests.Retention;

/// <summary>All rows in memory, and the rules of retention said once more, one row at a time.</summary>
internal sealed record NaiveRetention
{
    public required List<Message> Messages { get; init; }
    public required List<MessagePayload> Payloads { get; init; }
    public required List<Delivery> Deliveries { get; init; }
    public required List<Attempt> Attempts { get; init; }
    public required List<Endpoint> Endpoints { get; init; }
    public required List<EndpointId> Lanes { get; init; }
    public required List<DeadLetter> Letters { get; init; }

    public static async Task<NaiveRetention> ReadAsync(WebhooksDbContext db, CancellationToken cancellationToken) => new()
    {
        Messages = await db.Messages.ToListAsync(cancellationToken),
        Payloads = await db.MessagePayloads.ToListAsync(cancellationToken),
        Deliveries = await db.Deliveries.ToListAsync(cancellationToken),
        Attempts = await db.Attempts.ToListAsync(cancellationToken),
        Endpoints = await db.Endpoints.ToListAsync(cancellationToken),
        Lanes = await db.Lanes.Select(l => l.EndpointId).ToListAsync(cancellationToken),
        Letters = await db.DeadLetters.ToListAsync(cancellationToken),
    };

    public NaiveRetention WithoutPayloads(DateTimeOffset now) => this with
    {
        Payloads = Payloads.FindAll(p => p.ExpiresAt > now || Of(p.MessageId).Any(d => d.FinishedAt is null)),
    };

    public NaiveRetention WithoutAttempts(DateTimeOffset now, RetentionOptions periods) => this with
    {
        Attempts = Attempts.FindAll(a =>
        {
            var delivery = Deliveries.Single(d => d.Id == a.DeliveryId);
            return delivery.State == DeliveryState.Dead || !(delivery.FinishedAt + periods.Attempts <= now);
        }),
    };

    public NaiveRetention WithoutMessages(DateTimeOffset now, RetentionOptions periods)
    {
        var kept = Messages.FindAll(m => m.CreatedAt + periods.Messages > now || Of(m.Id).Any(d => Keeps(d, now, periods)));
        var ids = kept.Select(m => m.Id).ToHashSet();
        return this with
        {
            Messages = kept,
            Payloads = Payloads.FindAll(p => ids.Contains(p.MessageId)),
            Deliveries = Deliveries.FindAll(d => ids.Contains(d.MessageId)),
            Attempts = Attempts.FindAll(a => ids.Contains(a.MessageId)),
        };
    }

    public NaiveRetention WithoutEndpoints(DateTimeOffset now, RetentionOptions periods) => this with
    {
        Endpoints = Endpoints.FindAll(e => e.DeletedAt is null || e.DeletedAt + periods.Messages > now || Lanes.Contains(e.Id)
            || Deliveries.Exists(d => d.EndpointId == e.Id) || Attempts.Exists(a => a.EndpointId == e.Id)),
    };

    /// <summary>The ids of every table, for comparing.</summary>
    public IEnumerable<string> Rows() =>
        Messages.Select(m => m.Id.ToString()).Concat(Payloads.Select(p => $"payload of {p.MessageId}"))
            .Concat(Deliveries.Select(d => d.Id.ToString())).Concat(Attempts.Select(a => a.Id.ToString()))
            .Concat(Endpoints.Select(e => e.Id.ToString()));

    private IEnumerable<Delivery> Of(MessageId message) => Deliveries.Where(d => d.MessageId == message);

    private bool Keeps(Delivery delivery, DateTimeOffset now, RetentionOptions periods)
    {
        if (delivery.FinishedAt is not { } finishedAt || finishedAt + periods.Messages > now)
            return true;

        // The letter says whether somebody decided, and not whether there is a later delivery: what is sent again while a worker still had it
        // in hand may die after that, and then nobody has decided about it.
        return (delivery.State == DeliveryState.Dead && finishedAt + periods.DeadLetters > now)
            || Letters.Exists(l => l.DeliveryId == delivery.Id && l.State is (DeadLetterState.Open or DeadLetterState.Acknowledged));
    }
}

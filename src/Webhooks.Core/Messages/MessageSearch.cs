using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Messages;

/// <summary>
/// What an operator looks for among all messages. Whose they are, where they went and when they came is known by indexes; the rest is
/// sifted, and only so many are looked through at a time, because a history may be of any length.
/// </summary>
internal sealed record MessageSearch
{
    /// <summary>How many are looked through for a type or a state.</summary>
    public const int MaxSifted = 10_000;

    /// <summary>How many payloads are looked into.</summary>
    public const int MaxRead = 2_000;

    private readonly int? _reach;

    public ApplicationId? ApplicationId { get; init; }

    /// <summary>Only those that went to this endpoint; a state is then how they stand there.</summary>
    public EndpointId? EndpointId { get; init; }

    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? EventType { get; init; }

    /// <summary>How the newest delivery stands, at any endpoint.</summary>
    public MessageStanding? Standing { get; init; }

    /// <summary>What the payload contains, in any case of letters.</summary>
    public string? Text { get; init; }

    public bool IsSifting => EventType is not null || Standing is not null || Text is not null;

    /// <summary>How many are looked through at a time; meaningless unless sifting.</summary>
    public int Reach
    {
        get => _reach ?? (Text is null ? MaxSifted : MaxRead);
        init => _reach = value;
    }

    /// <summary>Messages with an id of their publishers' own, in whichever application.</summary>
    public static IQueryable<MessageId> WithEventId(WebhooksDbContext db, string eventId) =>
        // Application by application, as the index is: there are far fewer of them than messages.
        db.Applications.OrderBy(a => a.Id).Take(MaxSifted)
            .SelectMany(a => db.Messages.Where(m => m.ApplicationId == a.Id && m.EventId == eventId))
            .Select(m => m.Id);

    /// <summary>All that an index leads to.</summary>
    public IQueryable<MessageId> Scope(WebhooksDbContext db)
    {
        var ids = EndpointId is { } endpoint ? AtEndpoint(db, endpoint) : InApplication(db);
        if (Since is { } since && IdTime.FirstOf<MessageId>(since) is var first)
            ids = ids.Where(id => id >= first);
        if (Until is { } until && IdTime.LastOf<MessageId>(until) is var last)
            ids = ids.Where(id => id <= last);
        return ids;
    }

    /// <summary>What of them has the type and the state; the text is for whoever reads the payloads.</summary>
    public IQueryable<MessageId> Sift(IQueryable<MessageId> ids, WebhooksDbContext db)
    {
        if (EventType is { } type)
            ids = ids.Where(id => db.Messages.Any(m => m.Id == id && m.EventType == type));
        if (Standing is not { } standing)
            return ids;

        var deliveries = db.Deliveries.Where(standing).Newest(db);
        return EndpointId is { } endpoint
            ? ids.Where(id => deliveries.Any(d => d.MessageId == id && d.EndpointId == endpoint))
            : ids.Where(id => deliveries.Any(d => d.MessageId == id));
    }

    private IQueryable<MessageId> AtEndpoint(WebhooksDbContext db, EndpointId endpoint)
    {
        var deliveries = db.Deliveries.Where(d => d.EndpointId == endpoint);
        if (ApplicationId is { } application)
            deliveries = deliveries.Where(d => db.Endpoints.Any(e => e.Id == d.EndpointId && e.ApplicationId == application));
        return deliveries.Newest(db).Select(d => d.MessageId);
    }

    private IQueryable<MessageId> InApplication(WebhooksDbContext db)
    {
        var messages = ApplicationId is { } application
            ? db.Messages.Of(application)
            : db.Messages.Where(m => m.ApplicationId != OperationalWebhooks.OperationalApplication.Id);
        return messages.Select(m => m.Id);
    }
}

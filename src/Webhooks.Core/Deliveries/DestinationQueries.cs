using Webhooks.Core.Data;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>How messages stand at endpoints: a message and an endpoint have one delivery, and one more for each resend.</summary>
internal static class DestinationQueries
{
    /// <summary>Of each message at each endpoint the newest delivery: what a person did last counts.</summary>
    public static IQueryable<Delivery> Newest(this IQueryable<Delivery> deliveries, WebhooksDbContext db) => deliveries.Where(
        d => !db.Deliveries.Any(other =>
            other.MessageId == d.MessageId && other.EndpointId == d.EndpointId && other.ReplayNumber > d.ReplayNumber));

    public static IQueryable<Delivery> Where(this IQueryable<Delivery> deliveries, EndpointMessageQuery query, WebhooksDbContext db)
    {
        if (query.Status is { } status)
            deliveries = deliveries.Where(status);
        if (query is { Messages: { Channel: null, EventTypes: null }, Range: { Before: null, After: null } })
            return deliveries;

        var messages = db.Messages.Where(query.Messages).Where(query.Range);
        return deliveries.Where(d => messages.Any(m => m.Id == d.MessageId));
    }

    public static IQueryable<MessageEndpointOut> ToEndpoints(this IQueryable<Delivery> deliveries, WebhooksDbContext db) =>
        from d in deliveries
        join e in db.Endpoints on d.EndpointId equals e.Id
        select new MessageEndpointOut
        {
            Id = e.Id,
            Uid = e.Uid,
            Url = e.Url,
            Description = e.Description,
            EventTypes = e.EventTypes,
            Channels = e.Channels,
            Disabled = e.Disabled,
            ThrottleRate = e.ThrottleRate,
            Status = (int)DeliveryStatus.Of(d.State, d.Attempts > 0),
            StatusText = DeliveryStatus.Of(d.State, d.Attempts > 0),
            State = d.State,
            NextAttempt = d.State == DeliveryState.Waiting ? d.DueAt : null,
            CreatedAt = e.CreatedAt,
            UpdatedAt = e.UpdatedAt,
        };

    public static IQueryable<EndpointMessageOut> ToMessages(this IQueryable<Delivery> deliveries, WebhooksDbContext db, bool withContent) =>
        from d in deliveries
        join m in db.Messages on d.MessageId equals m.Id
        select new EndpointMessageOut
        {
            Id = m.Id,
            EventId = m.EventId,
            EventType = m.EventType,
            Payload = MessageOut.Show(
                withContent, withContent ? db.MessagePayloads.Where(p => p.MessageId == m.Id).Select(p => p.Body).FirstOrDefault() : null),
            Channels = m.Channels,
            Timestamp = m.CreatedAt,
            Status = (int)DeliveryStatus.Of(d.State, d.Attempts > 0),
            StatusText = DeliveryStatus.Of(d.State, d.Attempts > 0),
            State = d.State,
            NextAttempt = d.State == DeliveryState.Waiting ? d.DueAt : null,
        };
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Messages;

/// <summary>Messages by what a path or a list says.</summary>
internal static class MessageQueries
{
    public static IQueryable<Message> Of(this DbSet<Message> messages, ApplicationId application) =>
        messages.Where(m => m.ApplicationId == application);

    public static IQueryable<Message> ByIdOrEventId(this IQueryable<Message> messages, string idOrEventId) =>
        IdText.TryParse<MessageId>(idOrEventId, out var id)
            ? messages.Where(m => m.Id == id)
            : messages.Where(m => m.EventId == idOrEventId);

    /// <returns>Null when the application has no such message.</returns>
    public static async Task<MessageId?> FindMessageAsync(
        this WebhooksDbContext db, ApplicationId application, string idOrEventId, CancellationToken cancellationToken) =>
        await db.Messages.Of(application).ByIdOrEventId(idOrEventId).Select(m => (MessageId?)m.Id).FirstOrDefaultAsync(cancellationToken);

    public static IQueryable<Message> Where(this IQueryable<Message> messages, MessageFilter filter)
    {
        if (filter.EventTypes is { } types)
            messages = messages.Where(m => types.Contains(m.EventType));
        if (filter.Channel is { } channel)
            messages = messages.Where(m => m.Channels!.Contains(channel));
        return messages;
    }

    public static IQueryable<Message> Where(this IQueryable<Message> messages, TimeRange range) =>
        messages.Where(m => (range.Before == null || m.CreatedAt < range.Before) && (range.After == null || m.CreatedAt > range.After));

    public static IQueryable<MessageOut> ToOut(this IQueryable<Message> messages, WebhooksDbContext db, bool withContent) =>
        messages.Select(m => new MessageOut
        {
            Id = m.Id,
            EventId = m.EventId,
            EventType = m.EventType,
            Payload = MessageOut.Show(
                withContent, withContent ? db.MessagePayloads.Where(p => p.MessageId == m.Id).Select(p => p.Body).FirstOrDefault() : null),
            Channels = m.Channels,
            OrderingKey = m.OrderingKey,
            Timestamp = m.CreatedAt,
        });
}

/// <summary>Which messages a list shows.</summary>
internal sealed record MessageFilter
{
    /// <summary>Only messages of this channel.</summary>
    [QueryParameter("channel", "Only messages of this channel.", Example = "project_123")]
    public required string? Channel { get; init; }

    /// <summary>Only messages of these event types.</summary>
    [QueryParameter("event_types", "Only messages of these event types: a,b or repeated.", Example = "invoice.paid,invoice.voided")]
    public required List<string>? EventTypes { get; init; }

    public static MessageFilter Read(QueryReader query)
    {
        query.Unsupported("tag");
        return new()
        {
            Channel = query.Text("channel", TextRule.Channel),
            EventTypes = query.Texts("event_types", TextRule.EventType),
        };
    }
}

/// <summary>How the list of messages is asked for.</summary>
internal sealed record MessageListQuery : IQuery<MessageListQuery>
{
    public required PageRequest<MessageId> Page { get; init; }
    public required MessageFilter Filter { get; init; }
    public required TimeRange Range { get; init; }
    public required ContentQuery Content { get; init; }

    public static MessageListQuery Read(QueryReader query) => new()
    {
        Page = query.Page<MessageId>(isAscending: false),
        Filter = MessageFilter.Read(query),
        Range = TimeRange.Read(query),
        Content = ContentQuery.Read(query),
    };
}

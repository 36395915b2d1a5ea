using Webhooks.Core.Channels;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications;

/// <summary>How the list of notifications is asked for.</summary>
internal sealed record NotificationListQuery : IQuery<NotificationListQuery>
{
    public required PageRequest<NotificationId> Page { get; init; }
    public required ListOrder Order { get; init; }

    /// <summary>Only what is about this incident.</summary>
    [QueryParameter("incident_id", "Only notifications about this incident.", Example = "inc_01fwhe4ydgfk1se64w1gfg72gf")]
    public required IncidentId? IncidentId { get; init; }

    /// <summary>Only what this channel is told.</summary>
    [QueryParameter("channel_id", "Only notifications over this channel.", Example = "chan_01fwhe4ydgfk1se64w1gfg72gf")]
    public required ChannelId? ChannelId { get; init; }

    /// <summary>Only what is so far.</summary>
    [QueryParameter("state", "Only notifications in this state: waiting, sent, failed or dropped.", Example = "failed")]
    public required NotificationState? State { get; init; }

    public static NotificationListQuery Read(QueryReader query)
    {
        var order = query.Order(ListOrder.Descending);
        return new()
        {
            Page = query.Page<NotificationId>(order.IsAscending),
            Order = order,
            IncidentId = query.Id<IncidentId>("incident_id"),
            ChannelId = query.Id<ChannelId>("channel_id"),
            State = query.OneOf("state", NotificationWords.States),
        };
    }
}

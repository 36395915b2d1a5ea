using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>How the list of a message's endpoints is asked for.</summary>
internal sealed record MessageEndpointQuery(PageRequest<EndpointId> Page) : IQuery<MessageEndpointQuery>
{
    public static MessageEndpointQuery Read(QueryReader query) => new(query.Page<EndpointId>(isAscending: false));
}

/// <summary>How the list of an endpoint's messages is asked for.</summary>
internal sealed record EndpointMessageQuery : IQuery<EndpointMessageQuery>
{
    public required PageRequest<MessageId> Page { get; init; }

    /// <summary>Only messages that stand so.</summary>
    [QueryParameter("status", "Only messages that stand so: 0 success, 1 pending, 2 fail, 3 sending, 4 canceled.", Example = "2")]
    public required MessageStatus? Status { get; init; }

    public required MessageFilter Messages { get; init; }
    public required TimeRange Range { get; init; }
    public required ContentQuery Content { get; init; }

    public static EndpointMessageQuery Read(QueryReader query) => new()
    {
        Page = query.Page<MessageId>(isAscending: false),
        Status = MessageStatusReading.Status(query),
        Messages = MessageFilter.Read(query),
        Range = TimeRange.Read(query),
        Content = ContentQuery.Read(query),
    };
}

internal static class MessageStatusReading
{
    /// <summary>Reads <c>status</c>.</summary>
    public static MessageStatus? Status(QueryReader query) => query.OneOf(
        "status",
        ("0", MessageStatus.Success), ("1", MessageStatus.Pending), ("2", MessageStatus.Fail), ("3", MessageStatus.Sending),
        ("4", MessageStatus.Canceled));
}

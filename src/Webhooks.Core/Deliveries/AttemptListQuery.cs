using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>How a list of attempts is asked for.</summary>
internal sealed record AttemptListQuery : IQuery<AttemptListQuery>
{
    public required PageRequest<AttemptId> Page { get; init; }

    /// <summary>Only attempts with this status.</summary>
    [QueryParameter("status", "Only attempts with this status: 0 success, 2 fail. Attempts have no other.", Example = "2")]
    public required MessageStatus? Status { get; init; }

    /// <summary>Only attempts that were answered in this class; 0 for those without an answer.</summary>
    [QueryParameter(
        "status_code_class", "Only attempts answered in this class: 100, 200, 300, 400, 500; 0 for no answer.", Example = "500")]
    public required int? StatusCodeClass { get; init; }

    public required MessageFilter Messages { get; init; }
    public required TimeRange Range { get; init; }
    public required ContentQuery Content { get; init; }

    public static AttemptListQuery Read(QueryReader query)
    {
        query.Unsupported("with_msg");
        return new()
        {
            Page = query.Page<AttemptId>(isAscending: false),
            Status = MessageStatusReading.Status(query),
            StatusCodeClass = query.OneOf(
                "status_code_class", ("0", 0), ("100", 100), ("200", 200), ("300", 300), ("400", 400), ("500", 500)),
            Messages = MessageFilter.Read(query),
            Range = TimeRange.Read(query),
            Content = ContentQuery.Read(query),
        };
    }
}

/// <summary>Whose attempts a message's list shows.</summary>
internal sealed record EndpointFilter : IQuery<EndpointFilter>
{
    /// <summary>Only attempts at this endpoint.</summary>
    [QueryParameter("endpoint_id", "Only attempts at this endpoint: its id or uid.", Example = "orders")]
    public required string? EndpointId { get; init; }

    public static EndpointFilter Read(QueryReader query) => new() { EndpointId = query.Text("endpoint_id", TextRule.EventType) };
}

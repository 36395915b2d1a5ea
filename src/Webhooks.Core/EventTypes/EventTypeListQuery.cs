using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.EventTypes;

/// <summary>How the list of event types is asked for.</summary>
internal sealed record EventTypeListQuery : IQuery<EventTypeListQuery>
{
    public required PageRequest<string> Page { get; init; }
    public required ListOrder Order { get; init; }

    /// <summary>Show archived ones too.</summary>
    [QueryParameter("include_archived", "Show archived ones too.", Default = "false")]
    public required bool IncludeArchived { get; init; }

    /// <summary>Show the schemas.</summary>
    [QueryParameter("with_content", "Show the schemas.", Default = "false")]
    public required bool WithContent { get; init; }

    public static EventTypeListQuery Read(QueryReader query)
    {
        var order = query.Order(ListOrder.Ascending);
        return new()
        {
            Page = query.PageByName(order.IsAscending, TextRule.EventType),
            Order = order,
            IncludeArchived = query.Boolean("include_archived", fallback: false),
            WithContent = query.Boolean("with_content", fallback: false),
        };
    }
}

using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Incidents;

/// <summary>How a timeline is asked for.</summary>
internal sealed record IncidentTimelineQuery : IQuery<IncidentTimelineQuery>
{
    public required PageRequest<IncidentEventId> Page { get; init; }
    public required ListOrder Order { get; init; }

    public static IncidentTimelineQuery Read(QueryReader query)
    {
        var order = query.Order(ListOrder.Ascending);
        return new() { Page = query.Page<IncidentEventId>(order.IsAscending), Order = order };
    }
}

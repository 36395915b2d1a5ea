using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Endpoints;

/// <summary>How the list of endpoints is asked for.</summary>
internal sealed record EndpointListQuery(PageRequest<EndpointId> Page, ListOrder Order) : IQuery<EndpointListQuery>
{
    public static EndpointListQuery Read(QueryReader query)
    {
        var order = query.Order(ListOrder.Descending);
        return new(query.Page<EndpointId>(order.IsAscending), order);
    }
}

using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Applications;

/// <summary>How the list of applications is asked for.</summary>
internal sealed record ApplicationListQuery(PageRequest<ApplicationId> Page, ListOrder Order) : IQuery<ApplicationListQuery>
{
    public static ApplicationListQuery Read(QueryReader query)
    {
        query.Unsupported("exclude_apps_with_no_endpoints");
        query.Unsupported("exclude_apps_with_disabled_endpoints");
        query.Unsupported("exclude_apps_with_svix_play_endpoints");
        var order = query.Order(ListOrder.Ascending);
        return new(query.Page<ApplicationId>(order.IsAscending), order);
    }
}

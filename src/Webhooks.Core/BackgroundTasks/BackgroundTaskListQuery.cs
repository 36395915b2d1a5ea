using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>How the list of tasks is asked for.</summary>
internal sealed record BackgroundTaskListQuery : IQuery<BackgroundTaskListQuery>
{
    public required PageRequest<BackgroundTaskId> Page { get; init; }
    public required ListOrder Order { get; init; }

    /// <summary>Only tasks with this status.</summary>
    [QueryParameter(
        "status", "Only tasks with this status: running, finished, or failed, which canceled ones are too.", Example = "running")]
    public required BackgroundTaskStatus? Status { get; init; }

    /// <summary>Only tasks of this kind.</summary>
    [QueryParameter(
        "task",
        "Only tasks of this kind: endpoint.recover, endpoint.replay, endpoint.bulk-replay, application.stats, dead-letter.replay, "
        + "dead-letter.discard.",
        Example = "endpoint.recover")]
    public required BackgroundTaskKind? Task { get; init; }

    /// <summary>Only tasks about this application.</summary>
    [QueryParameter("app_id", "Only tasks about this application: its id or uid.", Example = "customer-4711")]
    public required string? AppId { get; init; }

    /// <summary>Only tasks about this endpoint.</summary>
    [QueryParameter("endpoint_id", "Only tasks about this endpoint: its id or uid.", Example = "orders")]
    public required string? EndpointId { get; init; }

    public static BackgroundTaskListQuery Read(QueryReader query)
    {
        var order = query.Order(ListOrder.Descending);
        return new()
        {
            Page = query.Page<BackgroundTaskId>(order.IsAscending),
            Order = order,
            Status = query.OneOf(
                "status",
                ("running", BackgroundTaskStatus.Running), ("finished", BackgroundTaskStatus.Finished),
                ("failed", BackgroundTaskStatus.Failed)),
            Task = query.OneOf("task", BackgroundTaskWords.Kinds),
            AppId = query.Text("app_id", TextRule.EventType),
            EndpointId = query.Text("endpoint_id", TextRule.EventType),
        };
    }
}

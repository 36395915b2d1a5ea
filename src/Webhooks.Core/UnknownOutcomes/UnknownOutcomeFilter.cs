using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.UnknownOutcomes;

/// <summary>Which unknown outcomes are asked for.</summary>
internal sealed record UnknownOutcomeFilter : IQuery<UnknownOutcomeFilter>
{
    /// <summary>Only those at this endpoint.</summary>
    [QueryParameter("endpoint_id", "Only those at this endpoint: its id or uid.", Example = "orders")]
    public required string? EndpointId { get; init; }

    /// <summary>Only those of these event types.</summary>
    [QueryParameter("event_types", "Only those of these event types: a,b or repeated.", Example = "invoice.paid,invoice.voided")]
    public required List<string>? EventTypes { get; init; }

    /// <summary>Only those that were followed by this.</summary>
    [QueryParameter(
        "followed_by",
        "Only those that were followed by this: onItsWay, delivered, receipt, arrived, replayed, discarded, held, dead, canceled.",
        Example = "held")]
    public required UnknownOutcomeFollowUp? FollowedBy { get; init; }

    public required TimeRange Range { get; init; }

    public static UnknownOutcomeFilter Read(QueryReader query) => new()
    {
        EndpointId = query.Text("endpoint_id", TextRule.EventType),
        EventTypes = query.Texts("event_types", TextRule.EventType),
        FollowedBy = query.OneOf("followed_by", UnknownOutcomeFollowUps.Words),
        Range = TimeRange.Read(query),
    };
}

/// <summary>Where a list of unknown outcomes goes on.</summary>
internal sealed record UnknownOutcomePageQuery(PageRequest<Deliveries.AttemptId> Page) : IQuery<UnknownOutcomePageQuery>
{
    public static UnknownOutcomePageQuery Read(QueryReader query) => new(query.Page<Deliveries.AttemptId>(isAscending: false));
}

/// <summary>Whose unknown outcomes operators ask for.</summary>
internal sealed record UnknownOutcomeApplicationQuery : IQuery<UnknownOutcomeApplicationQuery>
{
    /// <summary>Only those of this application.</summary>
    [QueryParameter("app_id", "Only those of this application: its id or uid.", Example = "customer-4711")]
    public required string? AppId { get; init; }

    public static UnknownOutcomeApplicationQuery Read(QueryReader query) => new() { AppId = query.Text("app_id", TextRule.EventType) };
}

using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.DeadLetters;

/// <summary>How a list of dead letters is asked for.</summary>
internal sealed record DeadLetterListQuery : IQuery<DeadLetterListQuery>
{
    public required PageRequest<DeliveryId> Page { get; init; }

    /// <summary>Only those for this endpoint.</summary>
    [QueryParameter("endpoint_id", "Only those for this endpoint: its id or uid.", Example = "orders")]
    public required string? EndpointId { get; init; }

    /// <summary>Only those of these event types.</summary>
    [QueryParameter("event_types", "Only those of these event types: a,b or repeated.", Example = "invoice.paid,invoice.voided")]
    public required List<string>? EventTypes { get; init; }

    /// <summary>Only those with this reason.</summary>
    [QueryParameter(
        "reason", "Only those with this reason: rejected, notSent, unknown, ours, payloadGone, heldUnknown, parked.", Example = "rejected")]
    public required DeadLetterCause? Reason { get; init; }

    /// <summary>Only those in this state.</summary>
    [QueryParameter(
        "state",
        "Only those in this state: open, acknowledged, replayed, discarded, arrived; or undecided, which is open or acknowledged.",
        Example = "undecided")]
    public required DeadLetterStatus? State { get; init; }

    /// <summary>Only those of this incident.</summary>
    [QueryParameter("incident_id", "Only those of this incident.", Example = "inc_01khf40000e8nvv6f6t2ts8fkh")]
    public required IncidentId? IncidentId { get; init; }

    public required TimeRange Range { get; init; }

    public static DeadLetterListQuery Read(QueryReader query) => new()
    {
        Page = query.Page<DeliveryId>(isAscending: false),
        EndpointId = query.Text("endpoint_id", TextRule.EventType),
        EventTypes = query.Texts("event_types", TextRule.EventType),
        Reason = query.OneOf("reason", DeadLetterWords.Causes),
        State = query.OneOf("state", DeadLetterWords.Statuses),
        IncidentId = ReadIncident(query),
        Range = TimeRange.Read(query),
    };

    public DeadLetterFilter ToFilter() => new()
    {
        EventTypes = EventTypes,
        Causes = Reason is { } reason ? [reason] : null,
        Status = State,
        IncidentId = IncidentId,
        Before = Range.Before,
        After = Range.After,
    };

    private static IncidentId? ReadIncident(QueryReader query)
    {
        if (query.Raw("incident_id") is not { } text)
            return null;
        if (IdText.TryParse<IncidentId>(text, out var id))
            return id;

        query.Fault("incident_id", "Must be an incident's id: 'inc_' and 26 characters.");
        return null;
    }
}

/// <summary>Whose dead letters the operators' list shows.</summary>
internal sealed record DeadLetterApplicationQuery : IQuery<DeadLetterApplicationQuery>
{
    /// <summary>Only those of this application.</summary>
    [QueryParameter("app_id", "Only those of this application: its id or uid.", Example = "customer-4711")]
    public required string? AppId { get; init; }

    public static DeadLetterApplicationQuery Read(QueryReader query) => new() { AppId = query.Text("app_id", TextRule.EventType) };
}

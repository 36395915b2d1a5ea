using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Polling;

/// <summary>How a page of a lane is asked for.</summary>
internal sealed record PollQuery(PollPageQuery Page, PollFilter Filter) : IQuery<PollQuery>
{
    public static PollQuery Read(QueryReader query) => new(PollPageQuery.Read(query), PollFilter.Read(query));
}

/// <summary>Where the page begins, and how long it may be.</summary>
internal sealed record PollPageQuery : IQuery<PollPageQuery>
{
    /// <summary>How many messages a page has at most.</summary>
    [QueryParameter("limit", "How many messages to return at most: 1 to 250.", Default = "50")]
    public required int Limit { get; init; }

    /// <summary>The iterator of another page; it continues where that page ended.</summary>
    [QueryParameter("iterator", "The iterator of the page before.")]
    public required string? Iterator { get; init; }

    /// <summary>What the iterator says; null without one.</summary>
    public required PollIterator? After { get; init; }

    public static PollPageQuery Read(QueryReader query)
    {
        var iterator = query.Raw("iterator");
        PollIterator? after = null;
        if (iterator is not null && PollIterator.TryParse(iterator, out var parsed))
            after = parsed;
        else if (iterator is not null)
            query.Fault("iterator", IteratorRule);
        return new() { Limit = query.Limit(), Iterator = iterator, After = after };
    }

    public const string IteratorRule = "Is not an iterator of this endpoint. Send the iterator of one of its pages, or none.";
}

/// <summary>Which messages of a lane are shown.</summary>
internal sealed record PollFilter
{
    public static readonly PollFilter None = new() { EventTypes = null, Channel = null, After = null };

    /// <summary>Only messages of these event types.</summary>
    [QueryParameter("event_type", "Only messages of this event type, or of these: a,b or repeated.", Example = "invoice.paid")]
    public required List<string>? EventTypes { get; init; }

    /// <summary>Only messages of this channel.</summary>
    [QueryParameter("channel", "Only messages of this channel.", Example = "project_123")]
    public required string? Channel { get; init; }

    /// <summary>Only what came in after this time.</summary>
    [QueryParameter(
        "after", "Only what came in for the endpoint after this time; a message that is resent came in again.",
        Example = "2026-01-01T00:00:00Z")]
    public required DateTimeOffset? After { get; init; }

    public static PollFilter Read(QueryReader query) => new()
    {
        EventTypes = query.Texts("event_type", TextRule.EventType),
        Channel = query.Text("channel", TextRule.Channel),
        After = query.Time("after"),
    };

    public bool IsNone => EventTypes is null && Channel is null && After is null;

    public bool LetsThrough(LaneRow row) =>
        (EventTypes is null || EventTypes.Contains(row.EventType, StringComparer.Ordinal))
        && (Channel is null || row.Channels?.Contains(Channel, StringComparer.Ordinal) is true)
        && (After is null || row.ArrivedAt > After);
}

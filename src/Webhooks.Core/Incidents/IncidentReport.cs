using Webhooks.Core.Channels;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Incidents;

/// <summary>Trouble, as whoever found it tells the <see cref="IncidentDesk"/>.</summary>
/// <param name="Key">What it is about: see <see cref="IncidentKeys"/>.</param>
/// <param name="Summary">What is wrong, in a sentence for people.</param>
internal sealed record IncidentReport(IncidentKind Kind, string Key, string Summary)
{
    public ApplicationId? ApplicationId { get; init; }
    public EndpointId? EndpointId { get; init; }
    public ChannelId? ChannelId { get; init; }

    /// <summary>What the timeline says when the incident is there already; null for nothing. Said once in a while only.</summary>
    public string? Update { get; init; }

    /// <summary>It got worse: <see cref="Update"/> is said at once, and people are told again.</summary>
    public bool IsWorse { get; init; }

    public static IncidentReport Of(ApplicationId application, EndpointId endpoint, IncidentKind kind, string summary) =>
        new(kind, IncidentKeys.Of(endpoint, kind), summary) { ApplicationId = application, EndpointId = endpoint };

    /// <summary>Trouble of the service's own: it does not keep up, or its books don't balance.</summary>
    public static IncidentReport OfService(IncidentKind kind, string summary) => new(kind, IncidentKeys.OfService(kind), summary);

    public static IncidentReport Of(ChannelId channel, string summary) =>
        new(IncidentKind.Channel, IncidentKeys.Of(channel), summary) { ChannelId = channel };
}

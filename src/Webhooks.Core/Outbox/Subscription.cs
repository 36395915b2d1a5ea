using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Outbox;

/// <summary>What of an endpoint decides whether a message goes to it, and where in its lane.</summary>
/// <param name="EventTypes">Null for all.</param>
/// <param name="Channels">Null for all.</param>
/// <param name="LastSequence">The sequence number of the last delivery in its lane.</param>
internal sealed record Subscription(
    EndpointId EndpointId,
    IReadOnlyCollection<string>? EventTypes,
    IReadOnlyCollection<string>? Channels,
    long LastSequence)
{
    /// <summary>Whether deliveries with the same ordering key go out one after the other.</summary>
    public bool Ordered { get; init; }

    /// <summary>
    /// What puts a message's delivery in order here; null where there is no order. Messages without a key share one, so that an endpoint
    /// whose publishers name no keys is in order altogether.
    /// </summary>
    public string? OrderingKeyOf(string? messageKey) => Ordered ? messageKey ?? "" : null;

    /// <summary>What a payload must be like, as JSON; null for anything. What does not match it is recorded, not sent.</summary>
    public string? Filter { get; init; }

    /// <summary>
    /// An endpoint matches when it has no event types or names this one, and has no channels or shares one with the message.
    /// Being disabled does not matter: a disabled endpoint holds what it matches.
    /// </summary>
    public bool Matches(string eventType, IReadOnlyCollection<string>? channels) =>
        (EventTypes is null || EventTypes.Contains(eventType))
        && (Channels is null || (channels is not null && Channels.Any(channels.Contains)));
}

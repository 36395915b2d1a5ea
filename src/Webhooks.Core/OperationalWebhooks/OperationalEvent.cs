namespace Webhooks.Core.OperationalWebhooks;

/// <summary>
/// Something that happened to an endpoint or a delivery and is told to operational webhooks. Written in the transaction in which it
/// happens; a relay turns it into a message and removes it, so it can't be lost.
/// </summary>
internal sealed class OperationalEvent
{
    public required OperationalEventId Id { get; init; }
    public required OperationalEventType Type { get; init; }
    public required Endpoints.EndpointId EndpointId { get; init; }

    /// <summary>The endpoint's uid at the time, which a deletion frees; null for none.</summary>
    public string? EndpointUid { get; init; }

    /// <summary>The message that it is about; null where it is about the endpoint.</summary>
    public Messages.MessageId? MessageId { get; init; }

    /// <summary>The attempt that showed it; null where an endpoint's owner did it, or nothing was tried.</summary>
    public Deliveries.AttemptId? AttemptId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

namespace Webhooks.Core.Messages;

/// <summary>One accepted event.</summary>
internal sealed class Message
{
    public required MessageId Id { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public required string EventType { get; init; }

    /// <summary>The publisher's own id, unique within the application; null for none.</summary>
    public string? EventId { get; init; }

    /// <summary>Null for none: then endpoints that name channels do not match.</summary>
    public List<string>? Channels { get; init; }

    /// <summary>At endpoints that ask for order, messages of the same key go out one after the other; null for none.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>The W3C trace context of the request that published it; null for none. Sent on as traceparent.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

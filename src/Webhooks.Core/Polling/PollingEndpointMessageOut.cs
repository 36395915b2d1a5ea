using Webhooks.Core.Http.Json;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Polling;

/// <summary>A message as a poller gets it. One that was resent comes again with the same id.</summary>
internal sealed record PollingEndpointMessageOut
{
    /// <summary>The message's id: deduplicate by it.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The publisher's own id for it; null for none.</summary>
    /// <example>evt-2026-000123</example>
    public required string? EventId { get; init; }

    /// <summary>What kind of event it is.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>
    /// What a push carries, byte for byte; as a string where that is not JSON; <c>{"expired":true}</c> once it is gone.
    /// </summary>
    /// <example>{"invoiceId": "in_4711", "amount": 1999, "currency": "EUR"}</example>
    public required RawJson Payload { get; init; }

    /// <summary>Its channels; null for none.</summary>
    /// <example>null</example>
    public required List<string>? Channels { get; init; }

    /// <summary>When it was accepted.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>
    /// The headers of a push that do not speak of an attempt, signed now; null once the payload is gone. The signature is that of the
    /// payload's bytes as they stand here: take them before anything parses and writes them anew.
    /// </summary>
    /// <example>{"webhook-id": "msg_01fwhe4ydgfk1shh6w1g60ecwf", "webhook-timestamp": "1769860800", "webhook-sequence": "42"}</example>
    public required Dictionary<string, string>? Headers { get; init; }

    public static PollingEndpointMessageOut Of(LaneRow row, RawJson payload, Dictionary<string, string>? headers) => new()
    {
        Id = row.MessageId,
        EventId = row.EventId,
        EventType = row.EventType,
        Payload = payload,
        Channels = row.Channels,
        Timestamp = row.Timestamp,
        Headers = headers,
    };
}

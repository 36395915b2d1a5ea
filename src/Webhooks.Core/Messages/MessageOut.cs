using Webhooks.Core.Http.Json;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Messages;

/// <summary>An accepted event.</summary>
internal sealed record MessageOut
{
    private static readonly RawJson Expired = new("""{"expired":true}"""u8.ToArray());

    /// <summary>Its id; subscribers get it as <c>webhook-id</c>.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>evt-2026-000123</example>
    public required string? EventId { get; init; }

    /// <summary>What kind of event it is.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>
    /// The payload, byte for byte; <c>{}</c> with <c>with_content=false</c>; <c>{"expired":true}</c> once retention removed it.
    /// </summary>
    /// <example>{"invoiceId": "in_4711", "amount": 1999, "currency": "EUR"}</example>
    public required RawJson Payload { get; init; }

    /// <summary>Its channels; null for none.</summary>
    /// <example>null</example>
    public required List<string>? Channels { get; init; }

    /// <summary>What keeps it in order with others at endpoints with <c>ordered</c>; null for none.</summary>
    /// <example>customer-4711</example>
    public required string? OrderingKey { get; init; }

    /// <summary>When it was accepted.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>
    /// Where the payload does not fit the schema of its event type, told when it is published and the deployment only warns; else null.
    /// </summary>
    /// <example>null</example>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>What an accepted request is answered: made from the request, so that a repeated one gets the same.</summary>
    public static MessageOut Of(PublishResult result, MessageIn input, PayloadVerdict verdict, bool withContent) => new()
    {
        Id = result.MessageId,
        EventId = input.EventId,
        EventType = input.EventType,
        Payload = withContent ? input.Payload : RawJson.EmptyObject,
        Channels = input.Channels,
        OrderingKey = input.OrderingKey,
        Timestamp = result.CreatedAt,
        Warnings = verdict.Warnings,
    };

    /// <param name="body">Null when it is gone.</param>
    public static RawJson Show(bool withContent, byte[]? body) =>
        !withContent ? RawJson.EmptyObject : body is null ? Expired : new RawJson(body);
}

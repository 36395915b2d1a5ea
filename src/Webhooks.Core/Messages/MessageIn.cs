using Webhooks.Core.Applications;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.Messages;

/// <summary>An event to publish.</summary>
internal sealed record MessageIn : IBody<MessageIn>
{
    /// <summary>How many channels a message may have.</summary>
    public const int MaxChannels = 5;

    private const int MinRetentionDays = 5;
    private const int MaxRetentionDays = 90;

    private static readonly TextRule OrderingKeyRule = new(1, 256, IsWord: true);

    /// <summary>What kind of event it is: endpoints choose by this name.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>A JSON object. Its bytes are stored and sent exactly as they come. <c>data</c> is another name of it.</summary>
    /// <example>{"invoiceId": "in_4711", "amount": 1999, "currency": "EUR"}</example>
    public required RawJson Payload { get; init; }

    /// <summary>Your own id for it, unique in the application: publishing it again is a conflict. Not starting with <c>msg_</c>.</summary>
    /// <example>evt-2026-000123</example>
    public string? EventId { get; init; }

    /// <summary>1 to 5 channels: endpoints that listen to channels must share one; null for none.</summary>
    /// <example>null</example>
    public List<string>? Channels { get; init; }

    /// <summary>
    /// At endpoints with <c>ordered</c>, messages with the same key go out one after the other, in the order in which they were accepted;
    /// null for none: those without a key follow one another.
    /// </summary>
    /// <example>customer-4711</example>
    public string? OrderingKey { get; init; }

    /// <summary>For how many days the payload is kept at least, 5 to 90.</summary>
    /// <example>90</example>
    public int PayloadRetentionPeriod { get; init; } = MaxRetentionDays;

    /// <summary>The application, to be created on the fly when there is none with its uid, which must be the one in the path.</summary>
    /// <example>null</example>
    public ApplicationIn? Application { get; init; }

    /// <summary>How what is sent differs from the payload; null for not at all.</summary>
    /// <example>null</example>
    public TransformationsParamsIn? TransformationsParams { get; init; }

    public static MessageIn Read(ObjectReader body)
    {
        body.Alias("data", "payload");
        body.Unsupported("tags");
        body.Unsupported("deliverAt");
        body.Unsupported("payloadRetentionHours");
        return new MessageIn
        {
            EventType = body.Text("eventType", TextRule.EventType),
            Payload = body.RawObject("payload"),
            EventId = body.OptionalText("eventId", TextRule.Uid(MessageId.Prefix)),
            Channels = body.OptionalTexts("channels", TextRule.Channel, 1, MaxChannels),
            OrderingKey = body.OptionalText("orderingKey", OrderingKeyRule),
            PayloadRetentionPeriod = body.OptionalInteger("payloadRetentionPeriod", MinRetentionDays, MaxRetentionDays) ?? MaxRetentionDays,
            Application = body.Nested<ApplicationIn>("application"),
            TransformationsParams = body.Nested<TransformationsParamsIn>("transformationsParams"),
        };
    }
}

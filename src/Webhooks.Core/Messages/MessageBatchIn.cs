using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Messages;

/// <summary>Events to publish together.</summary>
internal sealed record MessageBatchIn : IBody<MessageBatchIn>
{
    private const int MaxMessages = 1_000;

    /// <summary>
    /// 1 to 1,000 events, each as it would be published alone, but without <c>application</c>. One that can't be accepted says so in its
    /// place and keeps none of the others back.
    /// </summary>
    /// <example>[{"eventType": "invoice.paid", "payload": {"invoiceId": "in_4711"}, "eventId": "evt-2026-000124"}]</example>
    public required List<BodyItem<MessageIn>> Messages { get; init; }

    public static MessageBatchIn Read(ObjectReader body) =>
        new() { Messages = body.Items<MessageIn>("messages", 1, MaxMessages).ConvertAll(WithoutApplication) };

    private static BodyItem<MessageIn> WithoutApplication(BodyItem<MessageIn> item) =>
        item.Value?.Application is null
            ? item
            : item.Refuse("application", "Can't be created by a batch. Create it first, or publish its first event alone.");
}

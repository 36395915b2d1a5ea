using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints;

/// <summary>Which example to send.</summary>
internal sealed record EventExampleIn : IBody<EventExampleIn>
{
    private const int MaxIndex = 999;

    /// <summary>The event type; <c>svix.ping</c> is always there.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>Which of the event type's examples, 0 to 999, counted from 0; null for the first.</summary>
    /// <example>0</example>
    public int ExampleIndex { get; init; }

    public static EventExampleIn Read(ObjectReader body) => new()
    {
        EventType = body.Text("eventType", TextRule.EventType),
        ExampleIndex = body.OptionalInteger("exampleIndex", 0, MaxIndex) ?? 0,
    };
}

using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints;

/// <summary>Which example to send.</summary>
internal sealed record EventExampleIn : IBody<EventExampleIn>
{
    /// <summary>The event type; <c>svix.ping</c> is always there.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    public static EventExampleIn Read(ObjectReader body) => new() { EventType = body.Text("eventType", TextRule.EventType) };
}

using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Messages;

/// <summary>An event that may be published.</summary>
internal sealed record MessagePrecheckIn : IBody<MessagePrecheckIn>
{
    /// <summary>What kind of event it is.</summary>
    /// <example>invoice.paid</example>
    public required string EventType { get; init; }

    /// <summary>1 to 5 channels; null for none.</summary>
    /// <example>null</example>
    public List<string>? Channels { get; init; }

    public static MessagePrecheckIn Read(ObjectReader body) => new()
    {
        EventType = body.Text("eventType", TextRule.EventType),
        Channels = body.OptionalTexts("channels", TextRule.Channel, 1, MessageIn.MaxChannels),
    };
}

/// <summary>Whether anybody would get it.</summary>
/// <param name="Active" example="true">
/// Whether an endpoint of the application wants such an event. A disabled one counts, because it holds what it will get once it is enabled;
/// so does one with a content filter, which only the payload can pass or not.
/// </param>
internal sealed record MessagePrecheckOut(bool Active);

using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.EventTypes;

/// <summary>An event type to create.</summary>
internal sealed record EventTypeIn : EventTypeUpdate, IBody<EventTypeIn>
{
    [SetsRequiredMembers]
    private EventTypeIn(EventTypeUpdate settings, string name) : base(settings) => Name = name;

    /// <summary>The name that messages carry. Letters, digits, <c>- _ .</c>; dots group names.</summary>
    /// <example>invoice.paid</example>
    public required string Name { get; init; }

    public static new EventTypeIn Read(ObjectReader body)
    {
        var name = body.Text("name", TextRule.EventType);
        return new(EventTypeUpdate.Read(body), name);
    }
}

using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.EventTypes;

/// <summary>An event type to create.</summary>
internal sealed record EventTypeIn : IBody<EventTypeIn>
{
    /// <summary>The name that messages carry. Letters, digits, <c>- _ .</c>; dots group names.</summary>
    /// <example>invoice.paid</example>
    public required string Name { get; init; }

    /// <summary>What it means, for those who subscribe.</summary>
    /// <example>An invoice was paid in full.</example>
    public required string Description { get; init; }

    /// <summary>Whether it is hidden from lists and not to be used any more.</summary>
    /// <example>false</example>
    public bool Archived { get; init; }

    /// <summary>Whether subscribers are told to move away from it.</summary>
    /// <example>false</example>
    public bool Deprecated { get; init; }

    /// <summary>Only portals whose token carries this flag show it; null for all.</summary>
    /// <example>null</example>
    public string? FeatureFlag { get; init; }

    /// <summary>JSON Schemas (draft 7) of the payload by version; null for none.</summary>
    /// <example>{"1": {"type": "object", "properties": {"invoiceId": {"type": "string"}}, "required": ["invoiceId"]}}</example>
    public RawJson? Schemas { get; init; }

    public static EventTypeIn Read(ObjectReader body) => new()
    {
        Name = body.Text("name", TextRule.EventType),
        Description = body.Text("description", TextRule.Description),
        Archived = body.Boolean("archived", fallback: false),
        Deprecated = body.Boolean("deprecated", fallback: false),
        FeatureFlag = body.OptionalText("featureFlag", TextRule.EventType),
        Schemas = body.OptionalRawObject("schemas"),
    };
}

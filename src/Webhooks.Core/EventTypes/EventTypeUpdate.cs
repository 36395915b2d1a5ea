using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.EventTypes;

/// <summary>An event type's settings, all of them: what is left out gets its default.</summary>
internal record EventTypeUpdate : IBody<EventTypeUpdate>, IWithSchemas
{
    /// <summary>What it means, for those who subscribe.</summary>
    /// <example>An invoice was paid in full.</example>
    public required string Description { get; init; }

    /// <summary>Whether it is hidden from lists and not to be used any more.</summary>
    /// <example>false</example>
    public bool Archived { get; init; }

    /// <summary>Whether subscribers are told to move away from it.</summary>
    /// <example>false</example>
    public bool Deprecated { get; init; }

    /// <summary>
    /// Only portals whose token carries this flag show it; null for all. <c>featureFlags</c> is a newer name, a list of one.
    /// </summary>
    /// <example>null</example>
    public string? FeatureFlag { get; init; }

    /// <summary>JSON Schemas (draft 7) of the payload by version; null for none.</summary>
    /// <example>{"1": {"type": "object", "properties": {"invoiceId": {"type": "string"}}, "required": ["invoiceId"]}}</example>
    public RawJson? Schemas { get; init; }

    public static EventTypeUpdate Read(ObjectReader body) => new()
    {
        Description = EventTypeRules.Description(body),
        Archived = EventTypeRules.Archived(body),
        Deprecated = EventTypeRules.Deprecated(body),
        FeatureFlag = EventTypeRules.FeatureFlag(body),
        Schemas = EventTypeRules.Schemas(body),
    };
}

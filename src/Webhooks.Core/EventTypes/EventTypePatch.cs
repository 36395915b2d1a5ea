using System.Text;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.EventTypes;

/// <summary>What to change of an event type: what is left out stays, null clears.</summary>
internal sealed record EventTypePatch : IBody<EventTypePatch>, IWithSchemas
{
    /// <summary>What it means, for those who subscribe.</summary>
    /// <example>An invoice was paid in full.</example>
    public Optional<string> Description { get; init; }

    /// <summary>Whether it is hidden from lists and not to be used any more.</summary>
    /// <example>true</example>
    public Optional<bool> Archived { get; init; }

    /// <summary>Whether subscribers are told to move away from it.</summary>
    /// <example>true</example>
    public Optional<bool> Deprecated { get; init; }

    /// <summary>
    /// Only portals whose token carries this flag show it; null for all. <c>featureFlags</c> is a newer name, a list of one.
    /// </summary>
    /// <example>null</example>
    public Optional<string?> FeatureFlag { get; init; }

    /// <summary>JSON Schemas (draft 7) of the payload by version, replaced whole; null for none.</summary>
    /// <example>{"1": {"type": "object"}}</example>
    public Optional<RawJson?> Schemas { get; init; }

    RawJson? IWithSchemas.Schemas => Schemas.Or(null);

    public static EventTypePatch Read(ObjectReader body) => new()
    {
        Description = body.IfSent("description", EventTypeRules.Description),
        Archived = body.IfSent("archived", EventTypeRules.Archived),
        Deprecated = body.IfSent("deprecated", EventTypeRules.Deprecated),
        FeatureFlag = body.IfSent(body.Has("featureFlags") ? "featureFlags" : "featureFlag", EventTypeRules.FeatureFlag),
        Schemas = body.IfSent("schemas", EventTypeRules.Schemas),
    };

    /// <summary>The event type's settings as they are after the patch.</summary>
    public EventTypeUpdate ApplyTo(EventType type) => new()
    {
        Description = Description.Or(type.Description),
        Archived = Archived.Or(type.Archived),
        Deprecated = Deprecated.Or(type.Deprecated),
        FeatureFlag = FeatureFlag.Or(type.FeatureFlag),
        Schemas = Schemas.Or(type.Schemas is null ? null : new RawJson(Encoding.UTF8.GetBytes(type.Schemas))),
    };
}

using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.EventTypes;

/// <summary>What each field of an event type may be, whichever operation sends it.</summary>
internal static class EventTypeRules
{
    public static string Description(ObjectReader body) => body.Text("description", TextRule.Description);

    public static bool Archived(ObjectReader body) => body.Boolean("archived", fallback: false);

    public static bool Deprecated(ObjectReader body) => body.Boolean("deprecated", fallback: false);

    /// <summary>Newer clients send a list; an event type has one flag at most.</summary>
    public static string? FeatureFlag(ObjectReader body)
    {
        var flags = body.OptionalTexts("featureFlags", TextRule.EventType, 0, 1);
        return body.OptionalText("featureFlag", TextRule.EventType) ?? flags?.FirstOrDefault();
    }

    public static RawJson? Schemas(ObjectReader body) => body.OptionalRawObject("schemas");
}

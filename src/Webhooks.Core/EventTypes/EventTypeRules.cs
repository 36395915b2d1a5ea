using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.EventTypes;

/// <summary>What each field of an event type may be, whichever operation sends it.</summary>
internal static class EventTypeRules
{
    public static string Description(ObjectReader body) => body.Text("description", TextRule.Description);

    public static bool Archived(ObjectReader body) => body.Boolean("archived", fallback: false);

    public static bool Deprecated(ObjectReader body) => body.Boolean("deprecated", fallback: false);

    public static string? FeatureFlag(ObjectReader body) => body.OptionalText("featureFlag", TextRule.EventType);

    public static RawJson? Schemas(ObjectReader body) => body.OptionalRawObject("schemas");
}

using Webhooks.Core.Applications;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.ApiKeys;

/// <summary>For whom a portal is opened.</summary>
internal sealed record AppPortalAccessIn : IBody<AppPortalAccessIn>
{
    private const int MaxFlags = 100;
    private const int ShortestExpiry = 60 * 60;
    private const int LongestExpiry = 7 * 24 * 60 * 60;

    /// <summary>The flags of event types that the token shows beside those without one; null for none.</summary>
    /// <example>["beta"]</example>
    public List<string>? FeatureFlags { get; init; }

    /// <summary>The application, to be created on the fly when there is none with its uid, which must be the one in the path.</summary>
    /// <example>null</example>
    public ApplicationIn? Application { get; init; }

    /// <summary>After how many seconds the token expires, 3,600 to 604,800; null for the deployment's default.</summary>
    /// <example>86400</example>
    public int? Expiry { get; init; }

    public static AppPortalAccessIn Read(ObjectReader body)
    {
        // They narrow what a token may do: a token that does more than was asked for must not be made.
        body.Unsupported("readOnly");
        body.Unsupported("capabilities");
        body.Unsupported("sessionId");
        return new()
        {
            FeatureFlags = body.OptionalTexts("featureFlags", TextRule.EventType, 0, MaxFlags),
            Application = body.Nested<ApplicationIn>("application"),
            Expiry = body.OptionalInteger("expiry", ShortestExpiry, LongestExpiry),
        };
    }
}

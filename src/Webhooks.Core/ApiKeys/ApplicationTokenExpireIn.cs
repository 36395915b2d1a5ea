using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.ApiKeys;

/// <summary>How an application's tokens end.</summary>
internal sealed record ApplicationTokenExpireIn : IBody<ApplicationTokenExpireIn>
{
    private const int Longest = 7 * 24 * 60 * 60;

    /// <summary>For how many seconds they still work, 0 to 604,800; null for not at all.</summary>
    /// <example>null</example>
    public int? Expiry { get; init; }

    public static ApplicationTokenExpireIn Read(ObjectReader body)
    {
        body.Unsupported("sessionIds");
        return new() { Expiry = body.OptionalInteger("expiry", 0, Longest) };
    }
}

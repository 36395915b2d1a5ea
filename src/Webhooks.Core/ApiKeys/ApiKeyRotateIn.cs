using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.ApiKeys;

/// <summary>How an API key is replaced.</summary>
internal sealed record ApiKeyRotateIn : IBody<ApiKeyRotateIn>
{
    private const int DefaultGrace = 24 * 60 * 60;
    private const int LongestGrace = 7 * 24 * 60 * 60;

    /// <summary>
    /// For how many seconds the old key still works, 0 to 604,800; null for a day. With 0 it ends at once: a key that replaces itself
    /// so must not lose the answer.
    /// </summary>
    /// <example>86400</example>
    public int? GracePeriodSeconds { get; init; }

    internal TimeSpan GracePeriod => TimeSpan.FromSeconds(GracePeriodSeconds ?? DefaultGrace);

    public static ApiKeyRotateIn Read(ObjectReader body) =>
        new() { GracePeriodSeconds = body.OptionalInteger("gracePeriodSeconds", 0, LongestGrace) };
}

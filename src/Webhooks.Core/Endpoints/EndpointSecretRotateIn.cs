using Webhooks.Core.Http.Bodies;
using Webhooks.Protocol;

namespace Webhooks.Core.Endpoints;

/// <summary>How a signing secret is to be replaced.</summary>
internal sealed record EndpointSecretRotateIn : IBody<EndpointSecretRotateIn>
{
    private const int LongestGrace = 7 * 24 * 60 * 60;

    /// <summary>The new secret, as at the endpoint's creation; null for a new random one of the same kind.</summary>
    /// <example>null</example>
    public SigningSecret? Key { get; init; }

    /// <summary>For how many seconds the old secret signs too, 0 to 604,800; null for a day.</summary>
    /// <example>86400</example>
    public int? GracePeriodSeconds { get; init; }

    public static EndpointSecretRotateIn Read(ObjectReader body) => new()
    {
        Key = EndpointRules.Secret(body, "key"),
        GracePeriodSeconds = body.OptionalInteger("gracePeriodSeconds", 0, LongestGrace),
    };
}

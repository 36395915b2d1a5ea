using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Bodies;
using Webhooks.Protocol;

namespace Webhooks.Core.OperationalWebhooks;

/// <summary>An operational webhook to create.</summary>
internal sealed record OperationalWebhookEndpointIn : OperationalWebhookEndpointUpsertIn, IBody<OperationalWebhookEndpointIn>
{
    [SetsRequiredMembers]
    private OperationalWebhookEndpointIn(OperationalWebhookEndpointUpsertIn settings) : base(settings)
    {
    }

    /// <summary>
    /// What its messages are signed with: <c>whsec_</c> and base64 of 24 to 75 bytes, or <c>whsk_</c> and base64 of an Ed25519 seed and
    /// public key; null for a new random one.
    /// </summary>
    /// <example>null</example>
    public SigningSecret? Secret { get; init; }

    /// <summary>Headers to send with every message; null for none. See the operational webhook's <c>headers</c>.</summary>
    /// <example>null</example>
    public Dictionary<string, string>? Headers { get; init; }

    public static new OperationalWebhookEndpointIn Read(ObjectReader body) => new(OperationalWebhookEndpointUpsertIn.Read(body))
    {
        Secret = EndpointRules.Secret(body, "secret"),
        Headers = EndpointRules.Headers(body, isRequired: false),
    };

    /// <summary>The endpoint that it is.</summary>
    public EndpointIn ToEndpoint() => EndpointIn.Of(ToSettings()) with { Secret = Secret, Headers = Headers };
}

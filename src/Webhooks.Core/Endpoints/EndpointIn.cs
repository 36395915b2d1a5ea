using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Http.Bodies;
using Webhooks.Protocol;

namespace Webhooks.Core.Endpoints;

/// <summary>An endpoint to create.</summary>
internal sealed record EndpointIn : EndpointUpdate, IBody<EndpointIn>
{
    [SetsRequiredMembers]
    private EndpointIn(EndpointUpdate settings) : base(settings)
    {
    }

    /// <summary>
    /// What its deliveries are signed with: <c>whsec_</c> and base64 of 24 to 75 bytes, or <c>whsk_</c> and base64 of an Ed25519 seed and
    /// public key; null for a new random one.
    /// </summary>
    /// <example>null</example>
    public SigningSecret? Secret { get; init; }

    /// <summary>Headers to send with every delivery; null for none. See the endpoint's <c>headers</c>.</summary>
    /// <example>null</example>
    public Dictionary<string, string>? Headers { get; init; }

    public static new EndpointIn Read(ObjectReader body) => new(EndpointUpdate.Read(body))
    {
        Secret = EndpointRules.Secret(body, "secret"),
        Headers = EndpointRules.Headers(body, isRequired: false),
    };

    /// <summary>For settings that came in another way than as this body.</summary>
    /// <param name="uid">The uid where the settings have none: that of the path, when a PUT creates the endpoint.</param>
    public static EndpointIn Of(EndpointUpdate settings, string? uid = null) => new(settings) { Uid = settings.Uid ?? uid };
}

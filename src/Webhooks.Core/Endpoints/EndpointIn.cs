using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Http.Bodies;
using Webhooks.Protocol;
using SecretText = Webhooks.Core.Security.Signing.EndpointSecret;

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

    public static new EndpointIn Read(ObjectReader body) => new(EndpointUpdate.Read(body)) { Secret = ReadSecret(body) };

    /// <summary>For an endpoint that a PUT creates.</summary>
    public static EndpointIn Of(EndpointUpdate settings, string uid) => new(settings) { Uid = settings.Uid ?? uid };

    private static SigningSecret? ReadSecret(ObjectReader body)
    {
        if (body.OptionalText("secret", new TextRule(1, 256)) is not { } text)
            return null;
        if (SecretText.TryParse(text, out var secret, out var fault))
            return secret;

        body.Fault("secret", fault);
        return null;
    }
}

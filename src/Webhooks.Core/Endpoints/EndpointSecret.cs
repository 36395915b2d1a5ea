namespace Webhooks.Core.Endpoints;

/// <summary>One signing secret. During a rotation the old one signs too, until it expires.</summary>
internal sealed class EndpointSecret
{
    public required EndpointSecretId Id { get; init; }
    public required EndpointId EndpointId { get; init; }

    /// <summary>The secret's text, encrypted.</summary>
    public required byte[] Protected { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for the endpoint's current secret.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}

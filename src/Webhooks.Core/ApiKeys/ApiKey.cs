namespace Webhooks.Core.ApiKeys;

/// <summary>A bearer key. Only the SHA-256 of its 256 random bits is kept.</summary>
internal sealed class ApiKey
{
    public required ApiKeyId Id { get; init; }
    public required string Name { get; set; }
    public required byte[] Hash { get; init; }
    public required ApiKeyScope Scope { get; init; }

    /// <summary>The application whose key it is; only with <see cref="ApiKeyScope.Application"/>.</summary>
    public ApplicationId? ApplicationId { get; init; }

    /// <summary>The flags of event types that it may see beside those without one; null for none.</summary>
    public List<string>? FeatureFlags { get; init; }

    /// <summary>Requests per second that it may make; null for the deployment's default.</summary>
    public int? RequestsPerSecond { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

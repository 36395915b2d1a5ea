using System.Linq.Expressions;

namespace Webhooks.Core.ApiKeys;

/// <summary>A key without its text.</summary>
internal record ApiKeyOut
{
    /// <summary>Names the key; says nothing about its text.</summary>
    public required ApiKeyId Id { get; init; }

    /// <summary>What it is for.</summary>
    /// <example>Order service, production</example>
    public required string Name { get; init; }

    /// <summary><c>full</c>, <c>publish</c> or <c>application</c>.</summary>
    /// <example>publish</example>
    public required ApiKeyScope Scope { get; init; }

    /// <summary>The only application it may see; null for all.</summary>
    public required ApplicationId? ApplicationId { get; init; }

    /// <summary>Requests per second that it may make; null for the deployment's default.</summary>
    /// <example>null</example>
    public required int? RequestsPerSecond { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working; null for never.</summary>
    /// <example>2030-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it works.</summary>
    /// <example>null</example>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the minute; null for never.</summary>
    /// <example>2026-01-31T12:30:00.000000Z</example>
    public required DateTimeOffset? LastUsedAt { get; init; }

    public static readonly Expression<Func<ApiKey, ApiKeyOut>> Projection = k => new ApiKeyOut
    {
        Id = k.Id,
        Name = k.Name,
        Scope = k.Scope,
        ApplicationId = k.ApplicationId,
        RequestsPerSecond = k.RequestsPerSecond,
        CreatedAt = k.CreatedAt,
        ExpiresAt = k.ExpiresAt,
        RevokedAt = k.RevokedAt,
        LastUsedAt = k.LastUsedAt,
    };
}

/// <summary>A new key. Its text is shown here and never again.</summary>
internal sealed record NewApiKeyOut : ApiKeyOut
{
    /// <summary>The key, to be sent as <c>Authorization: Bearer …</c>. Keep it: only its hash is stored.</summary>
    /// <example>whk_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</example>
    public required string Key { get; init; }

    public static NewApiKeyOut Of(ApiKey key, string secret) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Scope = key.Scope,
        ApplicationId = key.ApplicationId,
        RequestsPerSecond = key.RequestsPerSecond,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        RevokedAt = null,
        LastUsedAt = null,
        Key = secret,
    };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.ApiKeys;

/// <summary>Makes and revokes keys.</summary>
internal sealed class ApiKeyStore(
    WebhooksDbContext db, IWebhooksSql sql, IdGenerator ids, TimeProvider clock, ApiKeyLookup lookup, ILogger<ApiKeyStore> logger)
{
    /// <summary>Makes a key in a transaction of its own, and shows its text for the only time. For a start without any key.</summary>
    public async Task<string> CreateAsync(string name, ApiKeyScope scope, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var (key, secret) = Add(name, scope, applicationId: null, expiresAt: null);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.KeyCreated(key.Id, scope);
        return secret;
    }

    /// <summary>Ends a key, on this node at once.</summary>
    /// <returns>Whether there is such a key.</returns>
    public async Task<bool> RevokeAsync(ApiKeyId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await using (var transaction = await sql.BeginWriteAsync(db, cancellationToken))
        {
            if (!await db.ApiKeys.AnyAsync(k => k.Id == id, cancellationToken))
                return false;
            await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }

        lookup.Forget();
        logger.KeyRevoked(id);
        return true;
    }

    /// <summary>Whether any key may still be used.</summary>
    public Task<bool> HasLiveKeyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.ApiKeys.AnyAsync(k => k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken);
    }

    /// <summary>Adds a key to the context; the caller's transaction saves it.</summary>
    public (ApiKey Key, string Secret) Add(
        string name, ApiKeyScope scope, ApplicationId? applicationId, DateTimeOffset? expiresAt, List<string>? featureFlags = null)
    {
        var secret = ApiKeySecret.Generate();
        var key = new ApiKey
        {
            Id = ids.New<ApiKeyId>(),
            Name = name,
            Hash = ApiKeySecret.Hash(secret),
            Scope = scope,
            ApplicationId = applicationId,
            FeatureFlags = featureFlags,
            CreatedAt = clock.GetUtcMicroseconds(),
            ExpiresAt = expiresAt,
        };
        db.ApiKeys.Add(key);
        return (key, secret);
    }
}

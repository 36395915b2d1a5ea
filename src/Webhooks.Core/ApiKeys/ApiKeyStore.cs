using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.ApiKeys;

/// <summary>Makes and revokes keys.</summary>
internal sealed class ApiKeyStore(
    WebhooksDbContext db, IWebhooksSql sql, IdGenerator ids, TimeProvider clock, ILogger<ApiKeyStore> logger)
{
    /// <summary>Makes a key in a transaction of its own, and shows its text for the only time. For a start without any key.</summary>
    public async Task<string> CreateAsync(string name, ApiKeyScope scope, CancellationToken cancellationToken)
    {
        await using var transaction = await sql.BeginWriteAsync(db, cancellationToken);
        var (key, secret) = Add(new NewApiKey(name, scope));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.KeyCreated(key.Id, scope);
        return secret;
    }

    /// <summary>Ends a key, inside the caller's transaction.</summary>
    /// <returns>Whether there is such a key.</returns>
    public async Task<bool> RevokeAsync(ApiKeyId id, CancellationToken cancellationToken)
    {
        if (!await db.ApiKeys.AnyAsync(k => k.Id == id, cancellationToken))
            return false;

        var now = clock.GetUtcMicroseconds();
        await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken);
        logger.KeyRevoked(id);
        return true;
    }

    /// <summary>
    /// Puts a new key of the same name, scope and limits in the place of one that still works, inside the caller's transaction. The old one
    /// ends after the grace period, never later than it would have.
    /// </summary>
    /// <returns>Null when the old one has ended already.</returns>
    public async Task<(ApiKey Key, string Secret)?> RotateAsync(ApiKey old, TimeSpan grace, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var end = now + grace;

        // It looks again while it writes: a key that is revoked at the same time must not live on in another.
        var live = db.ApiKeys.Where(k => k.Id == old.Id && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now));
        var ended = grace == TimeSpan.Zero
            ? await live.ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken)
            : await live.ExecuteUpdateAsync(
                set => set.SetProperty(k => k.ExpiresAt, k => k.ExpiresAt < end ? k.ExpiresAt : end), cancellationToken);
        if (ended == 0)
            return null;

        return Add(new NewApiKey(old.Name, old.Scope, old.ApplicationId, old.ExpiresAt)
        {
            FeatureFlags = old.FeatureFlags,
            RequestsPerSecond = old.RequestsPerSecond,
        });
    }

    /// <summary>Whether any key may still be used.</summary>
    public Task<bool> HasLiveKeyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.ApiKeys.AnyAsync(k => k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken);
    }

    /// <summary>Adds a key to the context; the caller's transaction saves it.</summary>
    public (ApiKey Key, string Secret) Add(NewApiKey input)
    {
        var secret = ApiKeySecret.Generate();
        var key = new ApiKey
        {
            Id = ids.New<ApiKeyId>(),
            Name = input.Name,
            Hash = ApiKeySecret.Hash(secret),
            Scope = input.Scope,
            ApplicationId = input.ApplicationId,
            FeatureFlags = input.FeatureFlags,
            RequestsPerSecond = input.RequestsPerSecond,
            CreatedAt = clock.GetUtcMicroseconds(),
            ExpiresAt = input.ExpiresAt,
        };
        db.ApiKeys.Add(key);
        return (key, secret);
    }
}

/// <summary>What a new key is to be.</summary>
internal sealed record NewApiKey(
    string Name, ApiKeyScope Scope, ApplicationId? ApplicationId = null, DateTimeOffset? ExpiresAt = null)
{
    /// <inheritdoc cref="ApiKey.FeatureFlags"/>
    public List<string>? FeatureFlags { get; init; }

    /// <inheritdoc cref="ApiKey.RequestsPerSecond"/>
    public int? RequestsPerSecond { get; init; }
}

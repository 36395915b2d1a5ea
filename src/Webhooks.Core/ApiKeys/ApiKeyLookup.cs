using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;

namespace Webhooks.Core.ApiKeys;

/// <summary>Finds who calls. Keys are remembered for a few seconds, so that the hot path asks no database.</summary>
internal sealed class ApiKeyLookup(IServiceScopeFactory scopes, ApiKeyUsage usage, IOptions<AuthOptions> options, TimeProvider clock)
{
    public static readonly ApiKeyId BootstrapKeyId = new(UInt128.One);

    private static readonly List<string> NoFlags = [];

    private readonly byte[]? _bootstrapHash = options.Value.BootstrapKey is { } key ? ApiKeySecret.Hash(key) : null;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private int _revocations;

    /// <returns>Null when no live key has this text.</returns>
    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = ApiKeySecret.Hash(secret);
        if (_bootstrapHash is not null && CryptographicOperations.FixedTimeEquals(hash, _bootstrapHash))
            return new Caller(BootstrapKeyId, ApiKeyScope.Full, null);

        var now = clock.GetUtcMicroseconds();
        if (await FindKnownAsync(hash, now, cancellationToken) is not { } known
            || !CryptographicOperations.FixedTimeEquals(hash, known.Hash)
            || known.ExpiresAt <= now)
            return null;

        usage.Note(known.Caller.KeyId, now);
        return known.Caller;
    }

    /// <summary>
    /// Forgets all keys: the next request with each looks at the database again. Call it after a revocation has committed.
    /// </summary>
    public void Forget()
    {
        Interlocked.Increment(ref _revocations);
        _known.Clear();
    }

    private async ValueTask<Known?> FindKnownAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexString(hash);
        if (_known.TryGetValue(name, out var known) && now - known.ReadAt < options.Value.CacheFor)
            return known;

        var revocations = Volatile.Read(ref _revocations);
        known = await ReadAsync(hash, now, cancellationToken);

        // Only keys that exist are remembered, so that guesses can't fill the memory; and not what was read beside a revocation.
        if (known is null)
            _known.TryRemove(name, out _);
        else if (revocations == Volatile.Read(ref _revocations))
            _known[name] = known;
        return known;
    }

    private async Task<Known?> ReadAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        return await db.ApiKeys
            .Where(k => k.Hash == hash && k.RevokedAt == null)
            .Select(k => new Known(
                new Caller(k.Id, k.Scope, k.ApplicationId)
                {
                    FeatureFlags = k.FeatureFlags ?? NoFlags,
                    RequestsPerSecond = k.RequestsPerSecond,
                },
                k.Hash, k.ExpiresAt, now))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private sealed record Known(Caller Caller, byte[] Hash, DateTimeOffset? ExpiresAt, DateTimeOffset ReadAt);
}

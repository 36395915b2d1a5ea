using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Endpoints;

/// <summary>
/// The signing secrets of endpoints, inside the caller's transaction. All live ones sign: a claim reads them as they are then.
/// </summary>
internal sealed class EndpointSecrets(WebhooksDbContext db, SecretProtectors protectors, IdGenerator ids, TimeProvider clock)
{
    private const int MaxOldSecrets = 10;

    private static readonly TimeSpan DefaultGrace = TimeSpan.FromDays(1);

    public void Add(EndpointId endpoint, SigningSecret secret) => db.EndpointSecrets.Add(new EndpointSecret
    {
        Id = ids.New<EndpointSecretId>(),
        EndpointId = endpoint,
        Protected = protectors.EndpointSecrets.Protect(secret.Reveal()),
        CreatedAt = clock.GetUtcMicroseconds(),
    });

    public async Task<SigningSecret> CurrentAsync(EndpointId endpoint, CancellationToken cancellationToken) =>
        Read(await Current(endpoint).AsNoTracking().FirstAsync(cancellationToken));

    /// <summary>Every secret that signs now, newest first, as stored.</summary>
    public Task<List<byte[]>> LiveAsync(EndpointId endpoint, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.EndpointSecrets
            .Where(s => s.EndpointId == endpoint && (s.ExpiresAt == null || s.ExpiresAt > now))
            .OrderByDescending(s => s.CreatedAt).Select(s => s.Protected).ToListAsync(cancellationToken);
    }

    /// <summary>Puts a new secret in the place of the current one, which goes on signing for the grace period.</summary>
    /// <returns>Why it can't be done; null when it is.</returns>
    public async Task<Problem?> RotateAsync(EndpointId endpoint, EndpointSecretRotateIn input, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var grace = input.GracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultGrace;
        var old = db.EndpointSecrets.Where(s => s.EndpointId == endpoint && s.ExpiresAt != null);
        if (grace > TimeSpan.Zero && await old.CountAsync(s => s.ExpiresAt > now, cancellationToken) >= MaxOldSecrets)
            return ApiProblems.BadRequest(
                "limit_reached",
                $"{MaxOldSecrets} old secrets of this endpoint still sign. Wait until one expires, or rotate with gracePeriodSeconds 0.");

        var current = await Current(endpoint).FirstAsync(cancellationToken);
        Add(endpoint, input.Key ?? SigningSecrets.GenerateLike(Read(current)));
        current.ExpiresAt = now + grace;
        await old.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        return null;
    }

    private IQueryable<EndpointSecret> Current(EndpointId endpoint) =>
        db.EndpointSecrets.Where(s => s.EndpointId == endpoint && s.ExpiresAt == null).OrderByDescending(s => s.Id);

    private SigningSecret Read(EndpointSecret stored) =>
        SigningSecret.TryParse(protectors.EndpointSecrets.Unprotect(stored.Protected), out var secret, out var error)
            ? secret
            : throw new InvalidOperationException($"The stored secret of {stored.EndpointId} can't be read: {error}");
}

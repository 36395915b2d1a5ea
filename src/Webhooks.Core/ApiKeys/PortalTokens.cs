using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;

namespace Webhooks.Core.ApiKeys;

/// <summary>Keys of one application that let its people into the portal, inside the caller's transaction.</summary>
internal sealed class PortalTokens(WebhooksDbContext db, ApiKeyStore keys, TimeProvider clock, IOptions<AuthOptions> options)
{
    private const string Name = "Portal";

    /// <param name="request">Where it came to is where the portal is, unless the deployment says otherwise.</param>
    public AppPortalAccessOut Add(ApplicationId application, AppPortalAccessIn input, HttpRequest request)
    {
        var lifetime = input.Expiry is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Value.PortalTokenLifetime;
        var (_, token) = keys.Add(
            new NewApiKey(Name, ApiKeyScope.Application, application, clock.GetUtcMicroseconds() + lifetime)
            {
                FeatureFlags = input.FeatureFlags,
            });
        var address = options.Value.PortalAddress ?? UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, "/portal");
        return new AppPortalAccessOut { Url = $"{address}#token={token}", Token = token };
    }

    /// <summary>Ends all keys of an application, at once or after a time in which none of them lives longer than it would have.</summary>
    public Task<int> EndAllAsync(ApplicationId application, TimeSpan after, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var live = db.ApiKeys.Where(k => k.ApplicationId == application && k.RevokedAt == null);
        if (after == TimeSpan.Zero)
            return live.ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken);

        var end = now + after;
        return live.Where(k => k.ExpiresAt == null || k.ExpiresAt > end)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, end), cancellationToken);
    }

    /// <summary>Ends the key that calls.</summary>
    public Task<int> EndAsync(ApiKeyId key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        return db.ApiKeys.Where(k => k.Id == key && k.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancellationToken);
    }
}

using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>
/// The key manager, whose keys can be read anew at any time. Data Protection by itself looks for keys of other nodes once a day, which is
/// late for a secret that one of them has just encrypted by a new key.
/// </summary>
internal sealed class SharedKeys(IKeyManager keys, TimeProvider clock) : IKeyManager, IDisposable
{
    // What can't be decrypted at all must not make every attempt read the keys.
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private CancellationTokenSource _known = new();
    private long? _readAnew;

    /// <summary>Makes Data Protection read all keys when it next needs one. False when it did so a moment ago.</summary>
    public bool ReadAnew()
    {
        lock (_lock)
        {
            if (_readAnew is { } last && clock.GetElapsedTime(last) < AtMostEvery)
                return false;
            _readAnew = clock.GetTimestamp();
        }

        Forget();
        return true;
    }

    public CancellationToken GetCacheExpirationToken()
    {
        lock (_lock)
            return _known.Token;
    }

    public IReadOnlyCollection<IKey> GetAllKeys() => keys.GetAllKeys();

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var key = keys.CreateNewKey(activationDate, expirationDate);
        Forget();
        return key;
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null)
    {
        keys.RevokeAllKeys(revocationDate, reason);
        Forget();
    }

    public void RevokeKey(Guid keyId, string? reason = null)
    {
        keys.RevokeKey(keyId, reason);
        Forget();
    }

    public void Dispose() => _known.Dispose();

    private void Forget()
    {
        CancellationTokenSource outdated;
        lock (_lock)
            (outdated, _known) = (_known, new CancellationTokenSource());
        outdated.Cancel();
        outdated.Dispose();
    }
}

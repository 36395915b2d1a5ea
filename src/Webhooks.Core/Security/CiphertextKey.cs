namespace Webhooks.Core.Security;

/// <summary>
/// Ciphertexts as a cache key, compared by content: every claim reads new arrays. A changed secret has another ciphertext, so a cache
/// keyed this way is never stale and needs no invalidation.
/// </summary>
internal sealed class CiphertextKey : IEquatable<CiphertextKey>
{
    private readonly IReadOnlyList<byte[]> _ciphertexts;
    private readonly int _hash;

    public CiphertextKey(IReadOnlyList<byte[]> ciphertexts)
    {
        _ciphertexts = ciphertexts;
        var hash = new HashCode();
        foreach (var ciphertext in ciphertexts)
            hash.AddBytes(ciphertext);
        _hash = hash.ToHashCode();
    }

    public bool Equals(CiphertextKey? other)
    {
        if (other is null || _hash != other._hash || _ciphertexts.Count != other._ciphertexts.Count)
            return false;

        for (var i = 0; i < _ciphertexts.Count; i++)
        {
            if (!_ciphertexts[i].AsSpan().SequenceEqual(other._ciphertexts[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as CiphertextKey);

    public override int GetHashCode() => _hash;
}

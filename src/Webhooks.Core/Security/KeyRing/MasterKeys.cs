using System.Security.Cryptography;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>The master keys that are configured.</summary>
/// <param name="Current">Encrypts and decrypts; null where none is set.</param>
/// <param name="Previous">Decrypt only.</param>
internal sealed record MasterKeys(MasterKey? Current, IReadOnlyList<MasterKey> Previous)
{
    /// <exception cref="CryptographicException">No configured key has this id.</exception>
    public MasterKey Find(string id) =>
        Previous.Prepend(Current).FirstOrDefault(key => key?.Id == id)
        ?? throw new CryptographicException(
            $"It is encrypted with the master key of id {id}, which is not configured; "
            + $"set {SecurityOptions.Section}:{nameof(SecurityOptions.MasterKey)} to that key, "
            + $"or add it to {SecurityOptions.Section}:{nameof(SecurityOptions.PreviousMasterKeys)}.");
}

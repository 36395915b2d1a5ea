using System.Xml;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>
/// Stops the start when a key of the key ring can't be read. Data Protection itself would pass over that key and make a new one: the
/// service would look healthy while every secret that the old key encrypted is lost to it. To be run before any secret is used.
/// </summary>
internal sealed class KeyRingCheck(IKeyManager keys)
{
    /// <exception cref="KeyRingException">A key can't be read.</exception>
    public void Run()
    {
        foreach (var key in AllKeys().Where(key => !key.IsRevoked))
            Check(key);
    }

    private IReadOnlyCollection<IKey> AllKeys()
    {
        try
        {
            return keys.GetAllKeys();
        }
        catch (Exception fault) when (fault is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException(
                "The key ring (the data directory's folder 'keys', or the table 'data_protection_keys' of a server database) can't be read; "
                + $"restore it from a backup. {fault.Message}",
                fault);
        }
    }

    private static void Check(IKey key)
    {
        try
        {
            if (key.CreateEncryptor() is null)
                throw new NotSupportedException("Its algorithm is not known here.");
        }
        catch (Exception fault)
        {
            throw new KeyRingException($"The key ring's key-{key.KeyId:D} can't be read. {fault.GetBaseException().Message}", fault);
        }
    }
}

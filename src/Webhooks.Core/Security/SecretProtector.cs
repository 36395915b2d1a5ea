using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Security;

/// <summary>Encrypts text for one purpose, so that what was stored for one can't be read as another.</summary>
/// <param name="keys">Where other nodes may have made keys that this one has not read; null where there are none.</param>
internal sealed class SecretProtector(IDataProtector protector, SharedKeys? keys = null)
{
    public byte[] Protect(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            return protector.Protect(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <exception cref="CryptographicException">The bytes were changed, or their key is not in the key ring any more.</exception>
    public string Unprotect(byte[] ciphertext)
    {
        var bytes = Decrypt(ciphertext);
        try
        {
            return Encoding.UTF8.GetString(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private byte[] Decrypt(byte[] ciphertext)
    {
        try
        {
            return protector.Unprotect(ciphertext);
        }
        catch (CryptographicException) when (keys?.ReadAnew() is true)
        {
            return Decrypt(ciphertext); // by a key that another node has made meanwhile
        }
        catch (CryptographicException fault)
        {
            throw new CryptographicException(
                "A stored secret can't be decrypted: it was changed, or the key ring that encrypted it is not the one in use; restore that "
                + "key ring (the data directory's folder 'keys', or the table 'data_protection_keys' of a server database).",
                fault);
        }
    }
}

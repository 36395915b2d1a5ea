using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Webhooks.Core.Security;

/// <summary>Encrypts text for one purpose, so that what was stored for one can't be read as another.</summary>
internal sealed class SecretProtector(IDataProtector protector)
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
        catch (CryptographicException fault)
        {
            throw new CryptographicException(
                "A stored secret can't be decrypted: it was changed, or the key ring that encrypted it "
                + "(the data directory's 'keys' folder) is not the one in use; restore that folder.",
                fault);
        }
    }
}

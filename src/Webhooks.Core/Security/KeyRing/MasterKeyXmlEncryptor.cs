using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>Encrypts a key of the key ring, on its way to its file, with the current master key.</summary>
internal sealed class MasterKeyXmlEncryptor(MasterKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plaintext = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        try
        {
            var element = new XElement(
                MasterKeyXmlDecryptor.ElementName,
                new XAttribute(MasterKeyXmlDecryptor.KeyIdName, key.Id),
                Convert.ToBase64String(key.Encrypt(plaintext)));
            return new EncryptedXmlInfo(element, typeof(MasterKeyXmlDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
